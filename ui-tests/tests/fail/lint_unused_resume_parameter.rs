#![allow(warnings)]
#![deny(unused_variables)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] first: u32) -> impl Generator<u32, Yield = u32> {
    yield_!(1);
}

fn main() {}
