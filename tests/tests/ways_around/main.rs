//! The right column of "What does not work yet" in the README: what is to be written instead, a test for each row.
//! What is rejected is in `ui-tests/tests/fail`, and in `ui-tests/tests/build.rs` where only a build rejects it.
#![allow(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

mod lent;
mod macros;
mod moves;
mod names;
mod traits;
mod values;
