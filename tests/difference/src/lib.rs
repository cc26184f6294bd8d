//! Random bodies as `#[generator]` and as rustc's own coroutine, compared event by event.

#[macro_use]
pub mod tree;

pub mod batch;
pub mod generate;
pub mod program;
pub mod random;
pub mod run;
pub mod session;
pub mod shrink;
pub mod toolchain;
pub mod types;
