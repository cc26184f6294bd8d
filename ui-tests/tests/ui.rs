//! What must not compile, and the messages that say so; and what must compile without any.
//!
//! A message belongs to the user's code: it points into it, and nothing else is printed. `tests/todo` holds
//! programs whose messages are not there yet, each with a comment that says what is wrong.
//!
//! `TRYBUILD=overwrite cargo test -p handcrank-ui-tests --test ui` rewrites the messages. Look at them before
//! you commit them.

use std::process::Command;

/// The version whose messages are checked in; others word them differently.
const RUSTC: &str = "rustc 1.95.";

#[test]
fn ui() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    if !version.starts_with(RUSTC) || version.contains("nightly") {
        println!(
            "skipped: the messages are those of {RUSTC}x, this is {}",
            version.trim()
        );
        return;
    }
    let tests = trybuild::TestCases::new();
    tests.compile_fail("tests/fail/*.rs");
    tests.pass("tests/pass/*.rs");
}
