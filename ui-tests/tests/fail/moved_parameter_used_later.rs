use handcrank::{Generator, generator, yield_};

#[generator]
fn words(word: String) -> impl Generator<Yield = usize> {
    drop(word);
    yield_!(1);
    drop(word);
}

fn main() {}
