//! Generators for stable Rust that you crank by hand.
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod fuse;
mod generator;
mod iter;
mod state;

#[doc(hidden)]
pub mod __private;

pub use handcrank_macros::generator;

pub use self::{fuse::Fuse, generator::Generator, iter::Iter, state::GeneratorState};

/// Suspends the generator around it, and hands `value` to whoever resumes it. Evaluates to the next resume
/// argument.
#[macro_export]
macro_rules! yield_ {
    // What the attribute leaves of it, so that its import is used.
    (@in_generator) => {};
    ($($value:tt)*) => {
        ::core::compile_error!(
            "`yield_!` outside of a generator: mark the function around it `#[generator]`"
        )
    };
}

/// Runs another generator, or anything `IntoIterator`, to its end, and yields what it yields. Evaluates to
/// what it returns.
#[macro_export]
macro_rules! yield_from {
    (@in_generator) => {};
    ($($machine:tt)*) => {
        ::core::compile_error!(
            "`yield_from!` outside of a generator: mark the function around it `#[generator]`"
        )
    };
}
