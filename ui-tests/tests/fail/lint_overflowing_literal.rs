#![allow(warnings)]
#![deny(overflowing_literals)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u8> {
    yield_!(256);
}

fn main() {}
