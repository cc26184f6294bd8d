use handcrank::{Generator, generator, yield_};

macro_rules! choose {
    ($pattern:pat => $value:expr, $else:expr) => {
        match Some(1) {
            $pattern => $value,
            _ => $else,
        }
    };
}

macro_rules! call {
    (with $n:expr, $f:expr) => {
        ($f)($n)
    };
}

#[generator]
fn pattern(n: u32) -> impl Generator<Yield = u32> {
    yield_!(n);
    let chosen = choose!(Some(n) => n, 0);
    yield_!(chosen);
    yield_!(n);
}

#[generator]
fn parameter(n: u32) -> impl Generator<Yield = u32> {
    yield_!(n);
    let called = call!(with 1, |n: u32| n + 1);
    yield_!(called);
    yield_!(n);
}

fn main() {}
