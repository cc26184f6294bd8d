#![allow(warnings)]
#![deny(unused_labels)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    'outer: loop {
        yield_!(1);
    }
}

fn main() {}
