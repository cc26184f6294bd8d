#![allow(warnings)]
#![deny(unused_variables)]
use handcrank::{generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    yield_!(1);
}

fn main() {}
