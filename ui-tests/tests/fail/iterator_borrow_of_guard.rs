use std::cell::RefCell;

use handcrank::{generator, yield_};

#[generator]
fn numbers(cell: &RefCell<Vec<u32>>) -> impl Iterator<Item = u32> {
    for x in cell.borrow().iter() {
        yield_!(*x);
    }
}

fn main() {}
