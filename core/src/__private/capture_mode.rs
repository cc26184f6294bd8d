//! How a closure captures a saved local: by value, by `&` or by `&mut`. rustc is asked, as in `probe.rs`; a closure that
//! borrows the stand-in mutably is `Send`, and one that shares it is not. The last two differ in what the closure, and
//! the machine that keeps it, have to be `Send` for.

use core::{cell::Cell, fmt, marker::PhantomData, panic::UnwindSafe};

use super::{
    Borrows, ByReference, InPlace, Moves, Probe, Saved, Slot, Use, in_place,
    place::{Shared, Unique},
};

/// The local is borrowed by `&mut`.
#[derive(Debug)]
pub enum Changes {}

/// The one way of capturing that holds for a probe.
#[diagnostic::on_unimplemented(
    message = "cannot tell how this closure captures a local that is kept across a suspension point",
    label = "make it a `move` closure, or bind the local anew just before: `let x = x;`"
)]
pub trait PickCapture<M> {}

impl<C: Fn()> PickCapture<Borrows> for Probe<C> {}
impl<C: FnMut() + Send> PickCapture<Changes> for Probe<C> {}
impl<C: UnwindSafe> PickCapture<Moves> for Probe<C> {}

/// [`Borrows`], [`Changes`] or [`Moves`].
pub trait CaptureMode: Use {
    /// What a closure captures of a local.
    type Captured<'s, T: 's>;
    /// Captures it.
    ///
    /// # Safety
    ///
    /// As for [`Saved::take`].
    unsafe fn capture<'s, T>(guard: &mut Saved<'_, T>, slot: &'s Slot<T>) -> Self::Captured<'s, T>;
    /// Captures it by reference.
    fn reach<'s, T: 's>(slot: &'s Slot<T>) -> Self::Captured<'s, T>;
    /// What a closure captures of a part of a local.
    type CapturedPart<T>;
    /// Captures it.
    fn capture_part<T>(take: impl FnOnce() -> T) -> Self::CapturedPart<T>;
    /// The part that has been captured.
    fn captured_part<T>(captured: &Self::CapturedPart<T>) -> T;
    /// What another closure captures in its place.
    fn pass<'s, T: 's>(captured: &Self::Captured<'s, T>) -> Self::Captured<'s, T>;
    /// The value that has been captured.
    fn captured<T>(captured: &Self::Captured<'_, T>) -> T;
    /// Where the value is that has not been.
    ///
    /// # Safety
    ///
    /// As for [`in_place`](fn@in_place).
    unsafe fn in_place<'s, T: 's>(captured: &Self::Captured<'s, T>) -> &'s mut InPlace<T>;
}

impl ByReference for Changes {
    type Access = Unique;
}

impl<B: ByReference> CaptureMode for B {
    type Captured<'s, T: 's> = Reached<'s, T, B::Access>;
    #[inline(always)]
    unsafe fn capture<'s, T>(_: &mut Saved<'_, T>, slot: &'s Slot<T>) -> Self::Captured<'s, T> {
        Reached(slot, PhantomData)
    }
    #[inline(always)]
    fn reach<'s, T: 's>(slot: &'s Slot<T>) -> Self::Captured<'s, T> {
        Reached(slot, PhantomData)
    }
    type CapturedPart<T> = ();
    #[inline(always)]
    fn capture_part<T>(_: impl FnOnce() -> T) {}
    fn captured_part<T>((): &()) -> T {
        unreachable!("the other branch runs")
    }
    #[inline(always)]
    fn pass<'s, T: 's>(captured: &Self::Captured<'s, T>) -> Self::Captured<'s, T> {
        *captured
    }
    fn captured<T>(_: &Self::Captured<'_, T>) -> T {
        unreachable!("the other branch runs")
    }
    #[inline(always)]
    unsafe fn in_place<'s, T: 's>(captured: &Self::Captured<'s, T>) -> &'s mut InPlace<T> {
        // SAFETY: the caller's.
        unsafe { in_place(captured.0.at()) }
    }
}

impl CaptureMode for Moves {
    type Captured<'s, T: 's> = Taken<T>;
    #[inline(always)]
    unsafe fn capture<T>(guard: &mut Saved<'_, T>, _: &Slot<T>) -> Taken<T> {
        // SAFETY: the caller's.
        Taken::new(unsafe { guard.take() })
    }
    fn reach<'s, T: 's>(_: &'s Slot<T>) -> Taken<T> {
        const {
            panic!(
                "a closure takes a local that is kept across a suspension point and used again: make it a `move` closure"
            );
        }
    }
    type CapturedPart<T> = Taken<T>;
    #[inline(always)]
    fn capture_part<T>(take: impl FnOnce() -> T) -> Taken<T> {
        Taken::new(take())
    }
    #[inline(always)]
    fn captured_part<T>(captured: &Taken<T>) -> T {
        captured.take()
    }
    #[inline(always)]
    fn pass<'s, T: 's>(captured: &Taken<T>) -> Taken<T> {
        Taken::new(captured.take())
    }
    #[inline(always)]
    fn captured<T>(captured: &Taken<T>) -> T {
        captured.take()
    }
    unsafe fn in_place<'s, T: 's>(_: &Taken<T>) -> &'s mut InPlace<T> {
        unreachable!("the other branch runs")
    }
}

/// A saved local that a closure captures by reference, for such an access.
pub struct Reached<'s, T, A>(&'s Slot<T>, PhantomData<fn() -> A>);

// SAFETY: it stands for a `&T`.
unsafe impl<T: Sync> Send for Reached<'_, T, Shared> {}
// SAFETY: it stands for a `&mut T`.
unsafe impl<T: Send> Send for Reached<'_, T, Unique> {}
// SAFETY: as above; a reference to it reads alone.
unsafe impl<T: Sync, A> Sync for Reached<'_, T, A> {}

impl<T, A> Clone for Reached<'_, T, A> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, A> Copy for Reached<'_, T, A> {}

impl<T, A> fmt::Debug for Reached<'_, T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reached").finish_non_exhaustive()
    }
}

/// A value that a closure has captured.
pub struct Taken<T>(Cell<Option<T>>);

// SAFETY: the value is reached through `take` alone, by a closure that is called once, and by value.
unsafe impl<T: Sync> Sync for Taken<T> {}

impl<T> Taken<T> {
    #[inline(always)]
    pub(super) const fn new(value: T) -> Self {
        Taken(Cell::new(Some(value)))
    }
    #[inline(always)]
    pub(super) fn take(&self) -> T {
        match self.0.take() {
            Some(value) => value,
            None => unreachable!("a closure that takes what it captures is called once"),
        }
    }
}

impl<T> fmt::Debug for Taken<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taken").finish_non_exhaustive()
    }
}
