#![allow(warnings)]
#![deny(unused_mut)]
use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    let mut n = 1;
    yield_!(n);
    yield_!(n);
}

fn main() {}
