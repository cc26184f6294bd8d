//! The programs of `tests/pass` as modules of this test, so that clippy sees them: trybuild asks rustc alone.

#[path = "pass/assign_to_indexed.rs"]
mod assign_to_indexed;
#[path = "pass/declared_later.rs"]
mod declared_later;
#[path = "pass/deny_warnings.rs"]
mod deny_warnings;
#[path = "pass/mut_of_literal.rs"]
mod mut_of_literal;
#[path = "pass/used_again.rs"]
mod used_again;

#[test]
fn assign_to_indexed() {
    assign_to_indexed::main();
}

#[test]
fn declared_later() {
    declared_later::main();
}

#[test]
fn deny_warnings() {
    deny_warnings::main();
}

#[test]
fn mut_of_literal() {
    mut_of_literal::main();
}

#[test]
fn used_again() {
    used_again::main();
}
