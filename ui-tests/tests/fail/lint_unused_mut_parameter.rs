#![allow(warnings)]
#![deny(unused_mut)]
use handcrank::{generator, yield_};

#[generator]
fn numbers(mut n: u32) -> impl Iterator<Item = u32> {
    yield_!(n);
    yield_!(n);
}

fn main() {}
