// What is assigned to a kept local has no type to be coerced to inside.
use std::fmt::Debug;

use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    let mut best: Option<Box<dyn Debug>> = None;
    yield_!(n);
    best = Some(Box::new(5));
    yield_!(u32::from(best.is_some()));
}

fn main() {}
