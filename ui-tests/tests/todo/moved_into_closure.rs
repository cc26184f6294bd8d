// TODO: A correct error E0382 is hidden by an internal one ("takes a part of a local" - it takes the whole)
// from `#[generator]` on.
use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = usize> {
    let word = String::new();
    let length = move || word.len();
    yield_!(length());
    yield_!(word.len());
}

fn main() {}
