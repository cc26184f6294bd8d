//! `yield_from!`: running another generator or iterator to its end.

use core::{fmt, pin::Pin, task::Poll};

use super::polled::Context;
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

/// Marks what is delegated to as a stream.
#[cfg(feature = "futures-core")]
#[derive(Debug)]
pub enum IsStream {}

/// What `yield_from!` takes in a stream: a stream of the same items, or anything `IntoIterator`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a stream nor an iterator that `yield_from!` can run here",
    label = "not a `Stream<Item = {Y}>` nor an `IntoIterator<Item = {Y}>`"
)]
pub trait StreamFrom<Y, Kind> {
    /// What is kept in the frame.
    type Items: Pours<Item = Y>;
    /// Makes it ready to be polled.
    fn into_items(self) -> Self::Items;
}

#[diagnostic::do_not_recommend]
impl<Y, I: IntoIterator<Item = Y>> StreamFrom<Y, IsIterable> for I {
    type Items = Items<I::IntoIter>;
    #[inline(always)]
    fn into_items(self) -> Self::Items {
        Items(self.into_iter())
    }
}

#[cfg(feature = "futures-core")]
#[diagnostic::do_not_recommend]
impl<Y, S: futures_core::Stream<Item = Y>> StreamFrom<Y, IsStream> for S {
    type Items = Poured<S>;
    #[inline(always)]
    fn into_items(self) -> Poured<S> {
        Poured(self)
    }
}

/// Items that may be waited for.
pub trait Pours {
    /// What is yielded.
    type Item;
    /// The next one, or none.
    fn pour(
        self: Pin<&mut Self>,
        context: &mut core::task::Context<'_>,
    ) -> Poll<Option<Self::Item>>;
}

impl<I: Iterator> Pours for Items<I> {
    type Item = I::Item;
    #[inline(always)]
    fn pour(self: Pin<&mut Self>, _: &mut core::task::Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.get_mut().0.next())
    }
}

/// A stream whose items are yielded.
#[cfg(feature = "futures-core")]
pub struct Poured<S>(S);

#[cfg(feature = "futures-core")]
impl<S> fmt::Debug for Poured<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poured").finish_non_exhaustive()
    }
}

#[cfg(feature = "futures-core")]
impl<S: futures_core::Stream> Pours for Poured<S> {
    type Item = S::Item;
    #[inline(always)]
    fn pour(self: Pin<&mut Self>, context: &mut core::task::Context<'_>) -> Poll<Option<S::Item>> {
        // SAFETY: the stream is pinned with what it is in, which has no `Drop` and never moves it.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }.poll_next(context)
    }
}

#[cfg(feature = "futures-core")]
impl<S: Suspended> Suspended for Poured<S> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        self.0.suspended(visit);
    }
}

/// Polls what is delegated to in a stream.
///
/// # Safety
///
/// `items` points to a live value in the frame of a pinned machine; `context` is that of the current poll.
#[inline(always)]
pub unsafe fn pour<P: Pours>(items: *mut P, context: Context) -> Poll<Option<P::Item>> {
    // SAFETY: the value stays in the pinned frame until it is dropped; the context is reborrowed for this call.
    unsafe { Pin::new_unchecked(&mut *items).pour(context.lend()) }
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
