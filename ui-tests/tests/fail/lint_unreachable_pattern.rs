#![allow(warnings)]
#![deny(unreachable_patterns)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    match n {
        _ => {
            yield_!(1);
        }
        1 => {}
    }
}

fn main() {}
