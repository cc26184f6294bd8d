//! Bodies with macros of which nobody sees what they expand to. A `return` or `?` in there returns from the closure that
//! the body is. So that closure returns what the function does, but for the place of the value:
//!
//! ```text
//! the function     the closure
//! Result<T, E>     Result<Step<Y, T>, E>         return Err(error), result?
//! Option<T>        Option<Step<Y, T>>            return None, option?
//! Poll<T>          Poll<Step<Y, T>>              return Poll::Pending
//! ControlFlow<B>   ControlFlow<B, Step<Y, ()>>   return ControlFlow::Break(b)
//! ()               ()                            return
//! T                Step<Y, T>                    nothing
//! ```
//!
//! Which of them, rustc finds by the type, for an alias as well: what belongs to a type itself goes before a trait's.

use core::{cell::Cell, marker::PhantomData, ops::ControlFlow, task::Poll};

use super::{Never, Step};

/// How a body is left that may return without being seen to.
#[expect(missing_debug_implementations, reason = "nobody sees it")]
pub struct Leaving<Y, O> {
    /// Why it has been left, where what the closure returns does not say so.
    left: Cell<Option<Step<(), Y, Never>>>,
    returned: PhantomData<fn() -> O>,
}

impl<Y, O> Leaving<Y, O> {
    /// Of a body that has just been entered.
    #[inline(always)]
    #[expect(clippy::new_without_default, reason = "there is no use for one")]
    pub const fn new() -> Self {
        Leaving {
            left: Cell::new(None),
            returned: PhantomData,
        }
    }
}

/// What a macro can return from a function that returns this.
pub trait Returnable: Sized {
    /// What the closure returns.
    type Left<Y>;

    /// The body suspends.
    fn suspended<Y>(
        step: Step<(), Y, Never>,
        left: &Cell<Option<Step<(), Y, Never>>>,
    ) -> Self::Left<Y>;

    /// The body has come to its end.
    fn complete<Y>(self) -> Self::Left<Y>;

    /// How the closure was left.
    fn step<F, Y>(left: Self::Left<Y>, suspended: Option<Step<(), Y, Never>>) -> Step<F, Y, Self>;
}

impl<Y, O: Returnable> Leaving<Y, O> {
    /// Runs the body.
    #[inline(always)]
    pub fn run<F>(&self, body: impl FnOnce() -> O::Left<Y>) -> Step<F, Y, O> {
        let left = body();
        O::step(left, self.left.take())
    }

    /// What the body returns where it suspends.
    #[inline(always)]
    pub fn suspended(&self, step: Step<(), Y, Never>) -> O::Left<Y> {
        O::suspended(step, &self.left)
    }

    /// What the body returns at its end.
    #[inline(always)]
    pub fn complete(&self, value: O) -> O::Left<Y> {
        value.complete()
    }
}

/// The same for a function from which a macro cannot return.
pub trait LeavesWhole<Y, O> {
    /// Runs the body.
    #[inline(always)]
    fn run<F>(&self, body: impl FnOnce() -> Step<(), Y, O>) -> Step<F, Y, O> {
        body().map(|value| value)
    }

    /// What the body returns where it suspends.
    #[inline(always)]
    fn suspended(&self, step: Step<(), Y, Never>) -> Step<(), Y, O> {
        step.of()
    }

    /// What the body returns at its end.
    #[inline(always)]
    fn complete(&self, value: O) -> Step<(), Y, O> {
        Step::Complete(value)
    }
}

impl<Y, O> LeavesWhole<Y, O> for Leaving<Y, O> {}

impl<T, E> Returnable for Result<T, E> {
    type Left<Y> = Result<Step<(), Y, T>, E>;

    #[inline(always)]
    fn suspended<Y>(
        step: Step<(), Y, Never>,
        _: &Cell<Option<Step<(), Y, Never>>>,
    ) -> Self::Left<Y> {
        Ok(step.of())
    }

    #[inline(always)]
    fn complete<Y>(self) -> Self::Left<Y> {
        self.map(Step::Complete)
    }

    #[inline(always)]
    fn step<F, Y>(left: Self::Left<Y>, _: Option<Step<(), Y, Never>>) -> Step<F, Y, Self> {
        match left {
            Ok(step) => step.map(Ok),
            Err(error) => Step::Complete(Err(error)),
        }
    }
}

impl<T> Returnable for Option<T> {
    type Left<Y> = Option<Step<(), Y, T>>;

    #[inline(always)]
    fn suspended<Y>(
        step: Step<(), Y, Never>,
        _: &Cell<Option<Step<(), Y, Never>>>,
    ) -> Self::Left<Y> {
        Some(step.of())
    }

    #[inline(always)]
    fn complete<Y>(self) -> Self::Left<Y> {
        self.map(Step::Complete)
    }

    #[inline(always)]
    fn step<F, Y>(left: Self::Left<Y>, _: Option<Step<(), Y, Never>>) -> Step<F, Y, Self> {
        match left {
            Some(step) => step.map(Some),
            None => Step::Complete(None),
        }
    }
}

impl<T> Returnable for Poll<T> {
    type Left<Y> = Poll<Step<(), Y, T>>;

    #[inline(always)]
    fn suspended<Y>(
        step: Step<(), Y, Never>,
        _: &Cell<Option<Step<(), Y, Never>>>,
    ) -> Self::Left<Y> {
        Poll::Ready(step.of())
    }

    #[inline(always)]
    fn complete<Y>(self) -> Self::Left<Y> {
        self.map(Step::Complete)
    }

    #[inline(always)]
    fn step<F, Y>(left: Self::Left<Y>, _: Option<Step<(), Y, Never>>) -> Step<F, Y, Self> {
        match left {
            Poll::Ready(step) => step.map(Poll::Ready),
            Poll::Pending => Step::Complete(Poll::Pending),
        }
    }
}

impl<B, C> Returnable for ControlFlow<B, C> {
    type Left<Y> = ControlFlow<B, Step<(), Y, C>>;

    #[inline(always)]
    fn suspended<Y>(
        step: Step<(), Y, Never>,
        _: &Cell<Option<Step<(), Y, Never>>>,
    ) -> Self::Left<Y> {
        ControlFlow::Continue(step.of())
    }

    #[inline(always)]
    fn complete<Y>(self) -> Self::Left<Y> {
        self.map_continue(Step::Complete)
    }

    #[inline(always)]
    fn step<F, Y>(left: Self::Left<Y>, _: Option<Step<(), Y, Never>>) -> Step<F, Y, Self> {
        match left {
            ControlFlow::Continue(step) => step.map(ControlFlow::Continue),
            ControlFlow::Break(value) => Step::Complete(ControlFlow::Break(value)),
        }
    }
}

impl Returnable for () {
    type Left<Y> = ();

    #[inline(always)]
    fn suspended<Y>(step: Step<(), Y, Never>, left: &Cell<Option<Step<(), Y, Never>>>) {
        left.set(Some(step));
    }

    #[inline(always)]
    fn complete<Y>(self) {}

    #[inline(always)]
    fn step<F, Y>((): (), suspended: Option<Step<(), Y, Never>>) -> Step<F, Y, ()> {
        suspended.map_or(Step::Complete(()), Step::of)
    }
}
