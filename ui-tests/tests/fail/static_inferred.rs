use handcrank::{Generator, generator, yield_};

fn keep(_: &'static str) {}

#[generator]
fn words() -> impl Generator<Yield = u32> {
    let word = String::from("word");
    yield_!(1);
    keep(&word);
}

fn main() {}
