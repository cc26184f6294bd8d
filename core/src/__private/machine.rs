//! Machines: a frame and the body that cranks it.

use core::{
    fmt,
    iter::FusedIterator,
    marker::{PhantomData, PhantomPinned},
    pin::Pin,
};

use super::{
    End, Shape, State, Step, Turn,
    step::{generator_over, iterator_over},
};
use crate::{Generator, GeneratorState, Suspended, SuspensionPoint};

/// Marks a machine whose saved locals may borrow each other: it must not move once it has started.
pub type Pinned = PhantomPinned;

/// Marks a machine no borrow of whose locals crosses a suspension point.
#[derive(Debug)]
pub struct Movable;

/// What a machine knows of its frame.
pub trait Frame {
    /// Whether any saved local has to be dropped.
    const NEEDS_DROP: bool;
    /// The types of the saved locals that are tied to those of the original.
    type Tied;
    /// Makes those types these.
    fn holds(&self, _: Self::Tied) {}
    /// Where the machine is.
    fn state(&self) -> State;
    /// Drops the parameters, of a body that has not been entered.
    ///
    /// # Safety
    ///
    /// It never will be.
    unsafe fn drop_unstarted(_: *mut Self) {}
}

/// The frame, the body, and what tells where it is suspended. The latter two capture nothing, so they are zero-sized.
#[must_use = "generators are lazy and do nothing unless resumed"]
pub struct Machine<F, B, S, R, Y, O, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<R>) -> Step<Y, O>,
{
    frame: F,
    body: B,
    tells: S,
    shape: PhantomData<fn(R) -> (Y, O)>,
    pin: PhantomData<P>,
}

// An `impl Unpin` turns the automatic one off, so machines marked `Pinned` have none. That exempts the
// `&mut Machine` in `resume` from being unique, the same standing as rustc's own coroutines have.
impl<F, B, S, R, Y, O, P: Unpin> Unpin for Machine<F, B, S, R, Y, O, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<R>) -> Step<Y, O>,
{
}

impl<F, B, S, R, Y, O, P> Machine<F, B, S, R, Y, O, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<R>) -> Step<Y, O>,
{
    /// A machine that has not started.
    ///
    /// # Safety
    ///
    /// `body` is what the macro made of an original that rustc has checked, and `frame` its frame. With
    /// [`Movable`], no borrow of a saved local crosses a suspension point. `tells` only reads the frame.
    #[inline]
    pub unsafe fn new(_: Shape<R, Y, O>, frame: F, body: B, tells: S) -> Self
    where
        S: Fn(*mut F, &mut dyn FnMut(SuspensionPoint)),
    {
        Machine {
            frame,
            body,
            tells,
            shape: PhantomData,
            pin: PhantomData,
        }
    }

    /// How it has ended, if it has.
    #[inline(always)]
    pub(super) fn ended(&self) -> Option<End> {
        match self.frame.state() {
            State::Ended(end) => Some(end),
            _ => None,
        }
    }

    /// Runs on to the next suspension point.
    ///
    /// # Safety
    ///
    /// The machine has not [ended](Self::ended).
    #[inline(always)]
    pub(super) unsafe fn crank(self: Pin<&mut Self>, argument: R) -> Step<Y, O> {
        // SAFETY: the body never moves the frame.
        let this = unsafe { self.get_unchecked_mut() };
        // `&raw mut`, never `&mut`: a unique reference to the frame would invalidate the references that
        // saved locals hold to each other.
        (this.body)(&raw mut this.frame, Turn::Resume(argument))
    }
}

/// Dropping re-enters a suspended body with [`Turn::Drop`]: it travels to where it was suspended, which puts
/// every guard back on the stack, and returns, which drops them in Rust's own order.
impl<F, B, S, R, Y, O, P> Drop for Machine<F, B, S, R, Y, O, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<R>) -> Step<Y, O>,
{
    #[inline]
    fn drop(&mut self) {
        if !F::NEEDS_DROP {
            return;
        }
        match self.frame.state() {
            State::Ended(_) => {}
            // SAFETY: the machine is gone.
            State::Unstarted => unsafe { F::drop_unstarted(&raw mut self.frame) },
            State::Suspended => {
                (self.body)(&raw mut self.frame, Turn::Drop);
            }
        }
    }
}

impl<F, B, S, R, Y, O, P> Generator<R> for Machine<F, B, S, R, Y, O, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<R>) -> Step<Y, O>,
{
    type Yield = Y;
    type Return = O;

    #[inline]
    fn resume(self: Pin<&mut Self>, argument: R) -> GeneratorState<Y, O> {
        if let Some(end) = self.ended() {
            generator_over(end)
        }
        // SAFETY: it has not ended.
        match unsafe { self.crank(argument) } {
            Step::Yielded(value) => GeneratorState::Yielded(value),
            Step::Complete(value) => GeneratorState::Complete(value),
            // SAFETY: the body of a generator that is not dropped yields or ends.
            Step::Pending | Step::Dropped => unsafe { core::hint::unreachable_unchecked() },
        }
    }
}

impl<F, B, S, R, Y, O, P> Suspended for Machine<F, B, S, R, Y, O, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<R>) -> Step<Y, O>,
    S: Fn(*mut F, &mut dyn FnMut(SuspensionPoint)),
{
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        (self.tells)((&raw const self.frame).cast_mut(), visit);
    }
}

impl<F, B, S, R, Y, O, P> fmt::Debug for Machine<F, B, S, R, Y, O, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<R>) -> Step<Y, O>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").finish_non_exhaustive()
    }
}

/// The machine of an `impl Iterator`.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct IterMachine<F, B, S, Y, P>(Machine<F, B, S, (), Y, (), P>)
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>;

impl<F, B, S, Y, P> IterMachine<F, B, S, Y, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>,
{
    /// An iterator that has not started.
    ///
    /// # Safety
    ///
    /// As for [`Machine::new`].
    #[inline]
    pub unsafe fn new(shape: Shape<(), Y, ()>, frame: F, body: B, tells: S) -> Self
    where
        S: Fn(*mut F, &mut dyn FnMut(SuspensionPoint)),
    {
        // SAFETY: the caller's.
        IterMachine(unsafe { Machine::new(shape, frame, body, tells) })
    }

    #[inline(always)]
    pub(super) fn advance(self: Pin<&mut Self>) -> Option<Y> {
        if let Some(end) = self.0.ended() {
            iterator_over(end);
            return None;
        }
        // SAFETY: the machine is pinned with its wrapper, which has no `Drop` and never moves it.
        let machine = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        // SAFETY: it has not ended.
        match unsafe { machine.crank(()) } {
            Step::Yielded(value) => Some(value),
            Step::Complete(()) | Step::Pending | Step::Dropped => None,
        }
    }
}

impl<F, B, S, Y> Iterator for IterMachine<F, B, S, Y, Movable>
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>,
{
    type Item = Y;
    #[inline]
    fn next(&mut self) -> Option<Y> {
        Pin::new(self).advance()
    }
}

impl<F, B, S, Y> FusedIterator for IterMachine<F, B, S, Y, Movable>
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>,
{
}

impl<F, B, S, Y, P> Suspended for IterMachine<F, B, S, Y, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>,
    S: Fn(*mut F, &mut dyn FnMut(SuspensionPoint)),
{
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        self.0.suspended(visit);
    }
}

impl<F, B, S, Y, P> fmt::Debug for IterMachine<F, B, S, Y, P>
where
    F: Frame,
    B: Fn(*mut F, Turn<()>) -> Step<Y, ()>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IterMachine").finish_non_exhaustive()
    }
}
