use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = usize> {
    let list = Vec::new();
    yield_!(1);
    yield_!(list.len());
}

fn main() {}
