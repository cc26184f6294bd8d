#![allow(warnings)]
#![deny(deprecated)]
use handcrank::{Generator, generator, yield_};

#[deprecated]
fn old() -> u32 {
    1
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = old();
    yield_!(n);
    yield_!(n);
}

fn main() {}
