//! `&mut` of a constant is a temporary, which lives as long as the block or the `match`.
#![allow(
    const_item_mutation,
    clippy::toplevel_ref_arg,
    clippy::match_single_binding
)]
use std::pin::pin;

use handcrank::{Generator, GeneratorState, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = &mut 5;
    yield_!(*n);
    *n += 1;
    yield_!(*n);
    let list = &mut [1, 2];
    yield_!(list[0]);
    list[0] += 6;
    yield_!(list[0]);
    let max = &mut u32::MAX;
    yield_!(u32::from(*max == u32::MAX));
    *max = 8;
    yield_!(*max);
    let ref mut m = 8;
    yield_!(0);
    *m += 1;
    yield_!(*m);
    match &mut 9 {
        k => {
            yield_!(0);
            *k += 1;
            yield_!(*k);
        }
    }
}

/// Runs it.
pub fn main() {
    let mut numbers = pin!(numbers());
    for n in [5, 6, 1, 7, 1, 8, 0, 9, 0, 10] {
        assert_eq!(numbers.as_mut().resume(()), GeneratorState::Yielded(n));
    }
    assert_eq!(numbers.as_mut().resume(()), GeneratorState::Complete(()));
}
