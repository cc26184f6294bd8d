// A constant in lower case, which neither its place nor the body tells: rustc does.
#![allow(non_upper_case_globals)]
use handcrank::{Generator, generator, yield_};

const limit: u32 = 3;

#[generator]
fn numbers(n: Option<u32>) -> impl Generator<Yield = u32> {
    match n {
        Some(limit) => {
            yield_!(1);
            yield_!(limit);
        }
        _ => {}
    }
}

fn main() {}
