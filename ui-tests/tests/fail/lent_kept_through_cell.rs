use std::cell::Cell;

use handcrank::{Generator, generator, yield_};

struct Last<'a>(&'a Cell<Option<&'a str>>);

#[generator]
fn keeps(#[resume] mut last: Last<'_>) -> impl Generator<Last<'_>> {
    let mut kept = None;
    loop {
        last.0.set(kept);
        kept = last.0.get();
        last = yield_!();
    }
}

fn main() {}
