#![allow(warnings)]
#![deny(unused_must_use)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    n == 1;
    yield_!(n);
}

fn main() {}
