use handcrank::{Generator, generator, yield_};

use std::cell::Cell;

fn share<T: Sync>(_: &T) {}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let number = Cell::new(1);
    yield_!(number.get());
    number.set(2);
}

fn main() {
    share(&numbers());
}
