use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = usize> {
    let word = String::new();
    let length = move || word.len();
    yield_!(length());
    yield_!(word.len());
}

fn main() {}
