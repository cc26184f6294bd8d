//! The programs of `tests/pass` as modules of this test, so that clippy sees them: trybuild asks rustc alone.

#[path = "pass/deny_warnings.rs"]
mod deny_warnings;

#[test]
fn deny_warnings() {
    deny_warnings::main();
}
