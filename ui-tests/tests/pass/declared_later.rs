//! Locals that are declared before they have a value.
#![allow(clippy::needless_late_init)]

use std::pin::pin;

use handcrank::{Generator, GeneratorState, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n: u32;
    let r: &u32;
    n = 1;
    r = &n;
    yield_!(*r);
    yield_!(*r + n);
}

/// Runs it.
pub fn main() {
    let mut numbers = pin!(numbers());
    assert_eq!(numbers.as_mut().resume(()), GeneratorState::Yielded(1));
    assert_eq!(numbers.as_mut().resume(()), GeneratorState::Yielded(2));
    assert_eq!(numbers.as_mut().resume(()), GeneratorState::Complete(()));
}
