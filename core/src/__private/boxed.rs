//! Machines in boxes: what the boxed return types are made of.

use alloc::boxed::Box;
use core::{fmt, iter::FusedIterator, pin::Pin};

use super::{Frame, IterMachine, Pinned, Step, Turn};

/// A pinned iterator machine, which its box keeps in place.
struct InBox<M>(M);

impl<M> fmt::Debug for InBox<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InBox").finish_non_exhaustive()
    }
}

impl<F, B, S, Y> Iterator for InBox<IterMachine<F, B, S, Y, Pinned>>
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>,
{
    type Item = Y;
    #[inline]
    fn next(&mut self) -> Option<Y> {
        // SAFETY: `box_iterator` alone makes an `InBox`, in a box from which it never comes out: the
        // machine is private, the box is returned as one of `dyn Iterator` or of an opaque type, and
        // `InBox` is not `Unpin`, so `Pin` does not hand it out either.
        unsafe { Pin::new_unchecked(&mut self.0) }.advance()
    }
}

impl<F, B, S, Y> FusedIterator for InBox<IterMachine<F, B, S, Y, Pinned>>
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>,
{
}

/// A pinned iterator machine as a plain boxed iterator: it may borrow its own locals.
#[inline]
pub fn box_iterator<F, B, S, Y>(
    machine: IterMachine<F, B, S, Y, Pinned>,
) -> Box<impl FusedIterator<Item = Y>>
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>,
{
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
