#![allow(warnings)]
#![deny(non_snake_case)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn Numbers(Count: u32) -> impl Generator<Yield = u32> {
    yield_!(Count);
}

fn main() {}
