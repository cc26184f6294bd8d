// TODO: Nine errors for one; the last is due to the tie, which gives the frame the type from the original.
use handcrank::{Generator, generator, yield_};

#[generator]
fn words(word: &str) -> impl Generator<Yield = usize> {
    let inner = *word;
    yield_!(1);
    yield_!(inner.len());
}

fn main() {}
