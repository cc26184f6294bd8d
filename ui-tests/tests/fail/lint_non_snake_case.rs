#![allow(warnings)]
#![deny(non_snake_case)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let Number = 1;
    yield_!(Number);
    yield_!(Number);
}

fn main() {}
