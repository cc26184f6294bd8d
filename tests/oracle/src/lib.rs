//! One body, run three ways and compared event by event: as `#[generator]`, as rustc's own coroutine,
//! and as a plain function in which a yield is a call.
//!
//! [`compare!`] takes the functions once and hands the very same tokens to all three. The coroutine
//! is the oracle; the plain function shows where the oracle itself errs. `yield` is behind a feature,
//! which `.cargo/config.toml` of the workspace enables for these test crates by name.

#![feature(coroutine_trait)]

mod driver;
mod log;
mod macros;
mod plain;

pub use driver::{
    Cranked, Form, Forms, Machine, Native, Outcome, Polled, Shift, boxed, moved, pinned,
};
pub use log::{Brittle, Noisy, Zst, event, mk, noisy};
pub use plain::{Plain, suspend};

/// What a driver passes to the n-th `resume`.
pub trait Input {
    /// The argument of resume `n`, counted from 0.
    fn nth(n: usize) -> Self;
}

impl Input for () {
    fn nth(_: usize) {}
}

impl Input for bool {
    fn nth(n: usize) -> bool {
        n.is_multiple_of(2)
    }
}

impl Input for u32 {
    fn nth(n: usize) -> u32 {
        10 + u32::try_from(n).expect("a step that fits")
    }
}

impl Input for i64 {
    fn nth(n: usize) -> i64 {
        10 + i64::try_from(n).expect("a step that fits")
    }
}

impl Input for usize {
    fn nth(n: usize) -> usize {
        n
    }
}

impl Input for String {
    fn nth(n: usize) -> String {
        format!("in{n}")
    }
}

impl Input for Noisy {
    fn nth(n: usize) -> Noisy {
        noisy(format!("in{n}"))
    }
}

impl<T: Input> Input for Option<T> {
    fn nth(n: usize) -> Option<T> {
        (n % 3 != 2).then(|| T::nth(n))
    }
}

impl<T: Input> Input for Result<T, String> {
    fn nth(n: usize) -> Result<T, String> {
        if n % 4 == 3 {
            Err(format!("err{n}"))
        } else {
            Ok(T::nth(n))
        }
    }
}

impl<A: Input, B: Input> Input for (A, B) {
    fn nth(n: usize) -> (A, B) {
        (A::nth(n), B::nth(n))
    }
}
