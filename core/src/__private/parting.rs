//! Calls of functions that never return, as their paths say.

use core::convert::Infallible;

/// What a function returns.
pub(super) trait Returns {
    type Value;
}
impl<T> Returns for fn() -> T {
    type Value = T;
}

/// `!`, which cannot be written yet where it is no return type.
pub(super) type NeverType = <fn() -> ! as Returns>::Value;

/// What a function returns that never does.
#[diagnostic::on_unimplemented(
    message = "this function returns, and std's that is called so never does: call it by another path, or import it"
)]
pub trait NeverReturned {}
#[diagnostic::do_not_recommend]
impl NeverReturned for NeverType {}

/// Says of what a call returns that it never does, and asks rustc whether that is true. By reference, for a `!` itself would be
/// coerced: to `()`, until edition 2024.
pub fn parts_here<T: NeverReturned>(_: &T) -> Infallible {
    unreachable!("there is no value of its type")
}
