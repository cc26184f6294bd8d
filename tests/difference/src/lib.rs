//! Random bodies as `#[generator]` and as rustc's own coroutine, compared event by event.

#[macro_use]
mod tree;

mod batch;
pub mod generate;
mod program;
mod random;
mod run;
pub mod session;
mod shrink;
mod toolchain;
mod types;
