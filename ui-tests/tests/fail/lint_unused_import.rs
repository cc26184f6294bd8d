#![allow(warnings)]
#![deny(unused_imports)]
use handcrank::{Generator, generator, yield_, yield_from};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
}

fn main() {}
