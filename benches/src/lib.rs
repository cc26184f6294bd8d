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
#![allow(
    clippy::boxed_local,
    clippy::cast_possible_truncation,
    clippy::large_stack_arrays,
    clippy::large_types_passed_by_value,
    clippy::many_single_char_names,
    clippy::must_use_candidate,
    clippy::unnecessary_box_returns,
    clippy::unnecessary_to_owned,
    clippy::wildcard_imports,
    clippy::explicit_counter_loop,
    clippy::while_let_loop,
    clippy::while_let_on_iterator,
    reason = "the same work is written in each way there is: with large values, boxes and loops of all kinds"
)]

#[allow(clippy::inline_always, reason = "to be inlined is what they are for")]
pub mod drive;
#[macro_use]
pub mod workloads;
pub mod growth;
pub mod sizes;
