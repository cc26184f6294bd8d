#![allow(warnings)]
#![deny(unused_variables)]
use handcrank::{generator, yield_};

#[generator]
fn numbers(list: Vec<(u32, u32)>) -> impl Iterator<Item = u32> {
    for (a, b) in list {
        yield_!(a);
    }
}

fn main() {}
