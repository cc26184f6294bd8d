// A method may borrow what it is called on, for all that the macro knows: so this is kept, and not `Send`.
use std::cell::Cell;

use handcrank::{Generator, generator, yield_};

#[generator]
fn pointer(n: u32) -> impl Generator<Yield = u32> + Send {
    let pointer = &raw const n;
    assert!(!pointer.is_null());
    yield_!(1);
    yield_!(n);
}

#[generator]
fn cell() -> impl Generator<Yield = u32> + Send {
    let cell = Cell::new(1);
    let borrowed = &cell;
    let n = borrowed.get();
    yield_!(n);
}

fn main() {}
