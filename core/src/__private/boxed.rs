//! Machines in boxes: what the boxed return types are made of.

use alloc::boxed::Box;
use core::{fmt, iter::FusedIterator, pin::Pin};

use super::{Body, Frame, IterMachine, Pinned};

/// A pinned iterator machine, which its box keeps in place.
struct InBox<M>(M);

impl<M> fmt::Debug for InBox<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InBox").finish_non_exhaustive()
    }
}

impl<F: Frame, B: Body<(), Frame = F, Return = ()>> Iterator for InBox<IterMachine<F, B, Pinned>> {
    type Item = B::Yield;
    #[inline]
    fn next(&mut self) -> Option<B::Yield> {
        // SAFETY: `box_iterator` alone makes an `InBox`, in a box from which it never comes out: the
        // machine is private, the box is returned as one of `dyn Iterator` or of an opaque type, and
        // `InBox` is not `Unpin`, so `Pin` does not hand it out either.
        unsafe { Pin::new_unchecked(&mut self.0) }.advance()
    }
}

impl<F: Frame, B: Body<(), Frame = F, Return = ()>> FusedIterator
    for InBox<IterMachine<F, B, Pinned>>
{
}

/// A pinned iterator machine as a plain boxed iterator: it may borrow its own locals.
#[inline]
pub fn box_iterator<F: Frame, B: Body<(), Frame = F, Return = ()>>(
    machine: IterMachine<F, B, Pinned>,
) -> Box<impl FusedIterator<Item = B::Yield>> {
    Box::new(InBox(machine))
}

/// A machine in a pinned box.
#[inline]
pub fn pin_box<M>(machine: M) -> Pin<Box<M>> {
    Box::pin(machine)
}

/// A machine that may move, in a box.
#[inline]
pub fn unpin_box<M: Unpin>(machine: M) -> Box<M> {
    Box::new(machine)
}
