// TODO: The body repeats the error with labels at `#[generator]`.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = usize> {
    let word = String::from("a").as_str();
    yield_!(1);
    yield_!(word.len());
}

fn main() {}
