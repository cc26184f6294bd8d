//! Generators for stable Rust that you crank by hand.
#![no_std]
#![warn(missing_docs)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod fuse;
mod generator;
mod iter;
mod state;

#[doc(hidden)]
#[expect(clippy::inline_always, reason = "these are the parts of one function, the body")]
pub mod __private;

pub use self::{fuse::Fuse, generator::Generator, iter::Iter, state::GeneratorState};
