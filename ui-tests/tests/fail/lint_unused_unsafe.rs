#![allow(warnings)]
#![deny(unused_unsafe)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = unsafe { 1 };
    yield_!(n);
}

fn main() {}
