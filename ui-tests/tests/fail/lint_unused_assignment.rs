#![allow(warnings)]
#![deny(unused_assignments)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let mut n = 1;
    yield_!(n);
    n = 2;
}

fn main() {}
