//! `yield_from!`: running another generator or iterator to its end.

use core::{fmt, pin::Pin};

use crate::{Generator, GeneratorState, Suspended, SuspensionPoint};

/// Marks what is delegated to as a generator.
#[derive(Debug)]
pub enum IsGenerator {}

/// Marks what is delegated to as something iterable.
#[derive(Debug)]
pub enum IsIterable {}

/// What `yield_from!` takes: a generator with the same resume argument and `Yield`, or anything
/// `IntoIterator` whose items are yielded. `Kind` is inferred: nothing is both.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a generator nor an iterator that `yield_from!` can run here",
    label = "not a `Generator<{R}, Yield = {Y}>` nor an `IntoIterator<Item = {Y}>`"
)]
pub trait YieldFrom<R, Y, Kind> {
    /// What is kept in the frame.
    type Machine: Generator<R, Yield = Y, Return = Self::Return>;
    /// What `yield_from!` evaluates to.
    type Return;
    /// Makes it ready to be resumed.
    fn into_machine(self) -> Self::Machine;
}

#[diagnostic::do_not_recommend]
impl<R, Y, G: Generator<R, Yield = Y>> YieldFrom<R, Y, IsGenerator> for G {
    type Machine = G;
    type Return = G::Return;
    #[inline(always)]
    fn into_machine(self) -> G {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<R, Y, I: IntoIterator<Item = Y>> YieldFrom<R, Y, IsIterable> for I {
    type Machine = Items<I::IntoIter>;
    type Return = ();
    #[inline(always)]
    fn into_machine(self) -> Self::Machine {
        Items(self.into_iter())
    }
}

/// An iterator as a generator that drops its resume arguments.
pub struct Items<I>(I);

impl<I> Unpin for Items<I> {}

impl<I> fmt::Debug for Items<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

impl<R, I: Iterator> Generator<R> for Items<I> {
    type Yield = I::Item;
    type Return = ();
    #[inline(always)]
    fn resume(self: Pin<&mut Self>, _: R) -> GeneratorState<I::Item, ()> {
        match self.get_mut().0.next() {
            Some(item) => GeneratorState::Yielded(item),
            None => GeneratorState::Complete(()),
        }
    }
}

impl<I: Suspended> Suspended for Items<I> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        self.0.suspended(visit);
    }
}

/// The first argument of what is delegated to, where none is given.
#[diagnostic::on_unimplemented(
    message = "`yield_from!` of a generator whose resume argument is not `()` needs a first argument",
    label = "write `yield_from!(generator, first)`, where `first` is a `{Self}`"
)]
pub trait NoArgument {
    /// `()`.
    fn first() -> Self;
}

#[diagnostic::do_not_recommend]
impl NoArgument for () {
    #[inline(always)]
    fn first() {}
}

/// Resumes what is delegated to, in a pinned machine.
///
/// # Safety
///
/// `machine` points to a live value in the frame of a pinned machine.
#[inline(always)]
pub unsafe fn resume_delegate<R, G: Generator<R>>(
    machine: *mut G,
    argument: R,
) -> GeneratorState<G::Yield, G::Return> {
    // SAFETY: the value stays in the pinned frame until it is dropped.
    unsafe { Pin::new_unchecked(&mut *machine) }.resume(argument)
}

/// Resumes what is delegated to, in a machine that may move.
///
/// # Safety
///
/// `machine` points to a live value.
#[inline(always)]
pub unsafe fn resume_movable_delegate<R, G: Generator<R> + Unpin>(
    machine: *mut G,
    argument: R,
) -> GeneratorState<G::Yield, G::Return> {
    // SAFETY: the caller's.
    Pin::new(unsafe { &mut *machine }).resume(argument)
}
