use handcrank::{Generator, generator, yield_};

struct Word;

#[generator]
fn numbers() -> impl Generator<Yield = usize> {
    let word = Word;
    yield_!(1);
    word.finish();
}

fn main() {}
