use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = usize> {
    let word = String::new();
    yield_!(1);
    yield_!(word.length());
}

fn main() {}
