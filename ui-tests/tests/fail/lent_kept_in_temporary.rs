use std::cell::{Ref, RefCell};

use handcrank::{Generator, generator, yield_};

fn both(first: Ref<'_, Vec<u8>>, _: &RefCell<Vec<u8>>) -> usize {
    first.len()
}

#[generator]
fn keeps(
    #[resume] first: &RefCell<Vec<u8>>,
) -> impl Generator<&RefCell<Vec<u8>>, Yield = u32, Return = usize> {
    both(first.borrow(), yield_!(1))
}

fn main() {}
