//! What is measured: the same work, done by machines of each kind.
//!
//! rustc's own coroutines are behind a feature, which `.cargo/config.toml` of the workspace enables for this
//! crate by name.

#![feature(coroutines, coroutine_trait, stmt_expr_attributes)]

pub mod sizes;
