#![allow(warnings)]
#![deny(unused_must_use)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
}

fn call() {
    numbers();
}

fn main() {}
