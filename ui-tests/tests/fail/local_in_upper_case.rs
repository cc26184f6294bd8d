// In a pattern that may be one of several, a name in upper case counts as a constant.
#![allow(non_snake_case)]
use handcrank::{Generator, generator, yield_};

#[generator]
fn may_fail(n: Option<u32>) -> impl Generator<Yield = u32> {
    if let Some(N) = n {
        yield_!(1);
        yield_!(N);
    }
}

#[generator]
fn let_else(n: Option<u32>) -> impl Generator<Yield = u32> {
    let Some(N) = n else { return };
    yield_!(1);
    yield_!(N);
}

#[generator]
fn only_arm(n: u32) -> impl Generator<Yield = u32> {
    match n {
        N => {
            yield_!(1);
            yield_!(N);
        }
    }
}

#[generator]
fn last_arm(n: u32) -> impl Generator<Yield = u32> {
    match n {
        0 => {}
        N => {
            yield_!(1);
            yield_!(N);
        }
    }
}

#[generator]
fn works(n: u32, (A, B): (u32, u32)) -> impl Generator<Yield = u32> {
    let C = n;
    for D in 0..n {
        yield_!(1);
        yield_!(A + B + C + D);
    }
}

fn main() {}
