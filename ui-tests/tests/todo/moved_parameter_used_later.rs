// TODO: E0507 "cannot move out of a raw pointer" from the body.
use handcrank::{Generator, generator, yield_};

#[generator]
fn words(word: String) -> impl Generator<Yield = usize> {
    drop(word);
    yield_!(1);
    drop(word);
}

fn main() {}
