use handcrank::{Generator, generator, yield_};
use std::cell::RefCell;

#[generator]
fn numbers(n: Option<usize>, list: RefCell<Vec<u32>>) -> impl Generator<Yield = u32> {
    match n {
        Some(at) if let Some(number) = list.borrow().get(at) => yield_!(*number),
        Some(at) if let Some(number) = Some(at) => yield_!(number as u32),
        _ => yield_!(0),
    }
}

fn main() {}
