use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Return = &'static str> {
    let word = String::from("a");
    yield_!();
    &word
}

fn main() {}
