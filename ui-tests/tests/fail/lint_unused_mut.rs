#![allow(warnings)]
#![deny(unused_mut)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let mut n = 1;
    yield_!(n);
}

fn main() {}
