#![allow(warnings)]
#![deny(unused_must_use)]
use handcrank::{Generator, generator, yield_};

fn fallible() -> Result<(), ()> {
    Ok(())
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    fallible();
    yield_!(1);
    fallible();
}

fn main() {}
