use std::pin::Pin;

use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
}

fn call() {
    let mut numbers = numbers();
    Pin::new(&mut numbers).resume(());
}

fn main() {}
