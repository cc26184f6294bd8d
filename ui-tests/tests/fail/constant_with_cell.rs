// Valid, and rejected: a `const` with a `Cell` in it is not promoted, so that `&K` is a temporary, which the macro does
// not keep, for it cannot tell it from a `static`. (`match &K`, `if let Some(ref k) = K`, `for k in &K`, `&*K` likewise.)
use std::cell::Cell;

use handcrank::{Generator, generator, yield_};

const K: Cell<u32> = Cell::new(1);

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let k = &K;
    yield_!(k.get());
    k.set(2);
    yield_!(k.get());
}

fn main() {}
