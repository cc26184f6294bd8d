//! What is measured: the same work, done by machines of each kind.
//!
//! rustc's own coroutines are behind a feature, which `.cargo/config.toml` of the workspace enables for this
//! crate by name.

#![feature(
    coroutines,
    coroutine_trait,
    stmt_expr_attributes,
    gen_blocks,
    async_iterator,
    async_for_loop
)]

#[allow(clippy::inline_always, reason = "to be inlined is what they are for")]
pub mod drive;
#[macro_use]
pub mod workloads;
pub mod growth;
pub mod sizes;
