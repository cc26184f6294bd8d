#![allow(warnings)]
#![deny(unused_parens)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    if (n == 1) {
        yield_!(1);
    }
}

fn main() {}
