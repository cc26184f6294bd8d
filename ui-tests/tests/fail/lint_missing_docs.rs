//! A crate.
#![deny(missing_docs)]
use handcrank::{Generator, generator, yield_};

#[generator]
pub fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
}

fn main() {}
