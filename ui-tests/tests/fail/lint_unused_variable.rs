#![allow(warnings)]
#![deny(unused_variables)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let unused = 1;
    yield_!(1);
}

fn main() {}
