//! The left of `=` suspends.
use std::pin::pin;

use handcrank::{Generator, GeneratorState, generator, yield_};

#[generator]
fn numbers(#[resume] _: usize, mut table: Vec<u32>) -> impl Generator<usize, Yield = u32> {
    table[yield_!(1)] = 2;
    yield_!(table[0]);
    yield_!(table[1]);
}

/// Runs it.
pub fn main() {
    let mut numbers = pin!(numbers(vec![3, 3]));
    assert_eq!(numbers.as_mut().resume(0), GeneratorState::Yielded(1));
    assert_eq!(numbers.as_mut().resume(1), GeneratorState::Yielded(3));
    assert_eq!(numbers.as_mut().resume(0), GeneratorState::Yielded(2));
    assert_eq!(numbers.as_mut().resume(0), GeneratorState::Complete(()));
}
