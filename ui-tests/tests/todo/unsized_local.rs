// TODO: Seven errors for one.
use handcrank::{Generator, generator, yield_};

#[generator]
fn words(word: &str) -> impl Generator<Yield = usize> {
    let inner = *word;
    yield_!(1);
    yield_!(inner.len());
}

fn main() {}
