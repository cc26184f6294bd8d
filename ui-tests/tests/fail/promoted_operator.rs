use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = &'static u32> {
    let number = &(4 / 2);
    yield_!(number);
}

fn main() {}
