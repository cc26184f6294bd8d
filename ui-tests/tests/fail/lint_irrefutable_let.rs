#![allow(warnings)]
#![deny(irrefutable_let_patterns)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    if let n = n {
        yield_!(n);
    }
}

fn main() {}
