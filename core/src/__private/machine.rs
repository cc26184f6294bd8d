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

/// What a body is given in the place of its frame, whose type it knows.
#[derive(Clone, Copy, Debug)]
pub struct Entered(*mut ());

impl Entered {
    /// The frame.
    #[inline(always)]
    pub const fn frame<F>(self) -> *mut F {
        self.0.cast()
    }

    /// The frame, and whom to tell where the machine is suspended.
    ///
    /// # Safety
    ///
    /// The turn is [`Turn::Tell`].
    pub unsafe fn telling<'v, F>(self) -> (*mut F, Visit<'v>) {
        // SAFETY: the caller's: then it points to that.
        let telling = unsafe { &mut *self.0.cast::<Telling<'v>>() };
        (telling.frame.cast(), telling.visit)
    }
}

/// Who is told.
type Visit<'v> = &'v mut dyn FnMut(SuspensionPoint);

/// What a body is given to tell where it is suspended.
struct Telling<'v> {
    frame: *mut (),
    visit: Visit<'v>,
}

/// A body: a closure which the macro writes. It is told its frame's type by what it returns, and has the one parameter less.
/// Each time that a machine's type has that of its frame in it, the types of machines which await each other
/// grow faster with how deep they do, for rustc normalises each alone (`rustc_trait_selection/src/traits/normalize.rs`).
/// It is there for what the closure returns, and for the lifetimes in it, which are not looked for in a closure.
pub trait Body<R> {
    /// Its frame.
    type Frame: Frame;
    /// What it yields.
    type Yield;
    /// What it returns at its end.
    type Return;
    /// Enters it.
    fn enter(
        &self,
        entered: Entered,
        turn: Turn<R>,
    ) -> Step<Self::Frame, Self::Yield, Self::Return>;
}

impl<B, F, R, Y, O> Body<R> for B
where
    F: Frame,
    B: Fn(Entered, Turn<R>) -> Step<F, Y, O>,
{
    type Frame = F;
    type Yield = Y;
    type Return = O;

    #[inline(always)]
    fn enter(&self, entered: Entered, turn: Turn<R>) -> Step<F, Y, O> {
        self(entered, turn)
    }
}

/// The frame and the body. That captures nothing, so it is zero-sized.
#[must_use = "generators are lazy and do nothing unless resumed"]
pub struct Machine<F: Frame, B: Body<R, Frame = F>, R, P> {
    frame: F,
    body: B,
    resume: PhantomData<fn(R)>,
    pin: PhantomData<P>,
}

// An `impl Unpin` turns the automatic one off, so machines marked `Pinned` have none. That exempts the
// `&mut Machine` in `resume` from being unique, the same standing as rustc's own coroutines have.
impl<F: Frame, B: Body<R, Frame = F>, R, P: Unpin> Unpin for Machine<F, B, R, P> {}

impl<F: Frame, B: Body<R, Frame = F>, R, P> Machine<F, B, R, P> {
    /// A machine that has not started.
    ///
    /// # Safety
    ///
    /// `body` is what the macro made of an original that rustc has checked, and `frame` its frame. With
    /// [`Movable`], no borrow of a saved local crosses a suspension point. With [`Turn::Tell`], it only reads the frame.
    #[inline]
    pub unsafe fn new<Y, O>(_: Shape<R, Y, O>, frame: F, body: B) -> Self
    where
        B: Fn(Entered, Turn<R>) -> Step<F, Y, O>,
    {
        Machine {
            frame,
            body,
            resume: PhantomData,
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
    pub(super) unsafe fn crank(self: Pin<&mut Self>, argument: R) -> Step<F, B::Yield, B::Return> {
        // SAFETY: the body never moves the frame.
        let this = unsafe { self.get_unchecked_mut() };
        // `&raw mut`, never `&mut`: a unique reference to the frame would invalidate the references that
        // saved locals hold to each other.
        let entered = Entered((&raw mut this.frame).cast());
        this.body.enter(entered, Turn::Resume(argument))
    }
}

/// Dropping re-enters a suspended body with [`Turn::Drop`]: it travels to where it was suspended, which puts
/// every guard back on the stack, and returns, which drops them in Rust's own order.
impl<F: Frame, B: Body<R, Frame = F>, R, P> Drop for Machine<F, B, R, P> {
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
                let entered = Entered((&raw mut self.frame).cast());
                self.body.enter(entered, Turn::Drop);
            }
        }
    }
}

impl<F: Frame, B: Body<R, Frame = F>, R, P> Generator<R> for Machine<F, B, R, P> {
    type Yield = B::Yield;
    type Return = B::Return;

    #[inline]
    fn resume(self: Pin<&mut Self>, argument: R) -> GeneratorState<B::Yield, B::Return> {
        if let Some(end) = self.ended() {
            generator_over(end)
        }
        // SAFETY: it has not ended.
        match unsafe { self.crank(argument) } {
            Step::Yielded(value) => GeneratorState::Yielded(value),
            Step::Complete(value) => GeneratorState::Complete(value),
            // SAFETY: the body of a generator that is not dropped yields or ends.
            Step::Pending | Step::Dropped => unsafe { core::hint::unreachable_unchecked() },
            Step::Of(_, never) => match never {},
        }
    }
}

impl<F: Frame, B: Body<R, Frame = F>, R, P> Suspended for Machine<F, B, R, P> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        if let State::Suspended = self.frame.state() {
            let mut telling = Telling {
                frame: (&raw const self.frame).cast_mut().cast(),
                visit,
            };
            let entered = Entered((&raw mut telling).cast());
            self.body.enter(entered, Turn::Tell);
        }
    }
}

impl<F: Frame, B: Body<R, Frame = F>, R, P> fmt::Debug for Machine<F, B, R, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").finish_non_exhaustive()
    }
}

/// The machine of an `impl Iterator`.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct IterMachine<F: Frame, B: Body<(), Frame = F, Return = ()>, P>(Machine<F, B, (), P>);

impl<F: Frame, B: Body<(), Frame = F, Return = ()>, P> IterMachine<F, B, P> {
    /// An iterator that has not started.
    ///
    /// # Safety
    ///
    /// As for [`Machine::new`].
    #[inline]
    pub unsafe fn new<Y>(shape: Shape<(), Y, ()>, frame: F, body: B) -> Self
    where
        B: Fn(Entered, Turn<()>) -> Step<F, Y, ()>,
    {
        // SAFETY: the caller's.
        IterMachine(unsafe { Machine::new(shape, frame, body) })
    }

    #[inline(always)]
    pub(super) fn advance(self: Pin<&mut Self>) -> Option<B::Yield> {
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
            Step::Of(_, never) => match never {},
        }
    }
}

impl<F: Frame, B: Body<(), Frame = F, Return = ()>> Iterator for IterMachine<F, B, Movable> {
    type Item = B::Yield;
    #[inline]
    fn next(&mut self) -> Option<B::Yield> {
        Pin::new(self).advance()
    }
}

impl<F: Frame, B: Body<(), Frame = F, Return = ()>> FusedIterator for IterMachine<F, B, Movable> {}

impl<F: Frame, B: Body<(), Frame = F, Return = ()>, P> Suspended for IterMachine<F, B, P> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        self.0.suspended(visit);
    }
}

impl<F: Frame, B: Body<(), Frame = F, Return = ()>, P> fmt::Debug for IterMachine<F, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IterMachine").finish_non_exhaustive()
    }
}
