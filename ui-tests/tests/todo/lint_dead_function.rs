// TODO: No error: the lint does not see the function (its span is the attribute's).
#![allow(warnings)]
#![deny(dead_code)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
}

fn main() {}
