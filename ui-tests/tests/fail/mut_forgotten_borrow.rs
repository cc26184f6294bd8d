use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = usize> {
    let list = Vec::new();
    yield_!(list.len());
    list.push(1);
    yield_!(list.len());
}

fn main() {}
