use std::pin::pin;

use handcrank::{Generator, GeneratorState, generator, yield_};

#[generator]
fn words<'a>(text: &'a str) -> impl Generator<Yield = &'a str> {
    yield_!(text);
}

fn main() {
    let word = {
        let text = String::from("text");
        let mut machine = pin!(words(&text));
        match machine.as_mut().resume(()) {
            GeneratorState::Yielded(word) => word,
            GeneratorState::Complete(()) => "",
        }
    };
    println!("{word}");
}
