#![allow(warnings)]
#![deny(unreachable_code)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    loop {
        yield_!(1);
    }
    println!("never");
}

fn main() {}
