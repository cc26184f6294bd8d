//! Saved locals in closures that capture them by reference and are kept: what such a closure captures, and how, says
//! whether the machine is `Send`. So rustc finds it out itself, of a field of a variable:
//!
//! ```text
//! poll_fn(|cx| x.poll(cx)).await    →  let x_without_move_1 = in_place(x.at()); .. poll_fn(|cx| x_without_move_1.value.poll(cx)) ..
//! ```
//!
//! The closure captures `(*x_without_move_1).value`, or a part of it, as it would capture `x`: it borrows from what the
//! variable refers to, so that it can outlive the variable (reference, "Closure types", capture precision).

use core::{fmt, marker::PhantomPinned};

/// Where a saved local is.
#[repr(transparent)]
pub struct InPlace<T> {
    /// The local.
    pub value: T,
    // A `&mut` to what is not `Unpin` claims to be the only one as little as the one to a pinned machine does: other
    // references to the local may be in use, if the closure reads alone.
    pin: PhantomPinned,
}

impl<T> fmt::Debug for InPlace<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InPlace").finish_non_exhaustive()
    }
}

/// A saved local, for one closure to capture.
///
/// # Safety
///
/// The local is in the frame for as long as the closure is used, which uses it as one does that rustc has checked.
#[inline(always)]
pub const unsafe fn in_place<'s, T>(place: *mut T) -> &'s mut InPlace<T> {
    // SAFETY: the caller's; it has the layout of the local.
    unsafe { &mut *place.cast::<InPlace<T>>() }
}
