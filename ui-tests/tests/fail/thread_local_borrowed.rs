use handcrank::{Generator, generator, yield_};

use std::cell::RefCell;

thread_local! {
    static LIST: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

#[generator]
fn lengths() -> impl Generator<Yield = usize> {
    let list = LIST.with(|list| list.borrow());
    yield_!(list.len());
}

fn main() {}
