#![allow(warnings)]
#![deny(while_true)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    while true {
        yield_!(1);
    }
}

fn main() {}
