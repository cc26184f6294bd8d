use std::cell::Cell;

use handcrank::{generator, yield_};

#[generator]
fn numbers(cell: &Cell<u32>) -> impl Iterator<Item = u32> + Send {
    yield_!(cell.get());
    yield_!(cell.get());
}

fn main() {}
