use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = usize> {
    let word = String::from("a");
    let bytes = word.into_bytes();
    yield_!(bytes.len());
    yield_!(word.len());
}

fn main() {}
