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

/// `[parameters] what the function returns, what the closure does: how a value is there, how a failure is;`
macro_rules! returnable {
    ($([$($param:ident),*] $of:ty, $left:ty: $value:path, $failure:pat => $failed:expr;)*) => { $(
        impl<$($param),*> Returnable for $of {
            type Left<Y> = $left;

            #[inline(always)]
            fn suspended<Y>(
                step: Step<(), Y, Never>,
                _: &Cell<Option<Step<(), Y, Never>>>,
            ) -> $left {
                $value(step.of())
            }

            #[inline(always)]
            fn complete<Y>(self) -> $left {
                match self {
                    $value(value) => $value(Step::Complete(value)),
                    $failure => $failed,
                }
            }

            #[inline(always)]
            fn step<F, Y>(left: $left, _: Option<Step<(), Y, Never>>) -> Step<F, Y, Self> {
                match left {
                    $value(step) => step.map($value),
                    $failure => Step::Complete($failed),
                }
            }
        }
    )* };
}

returnable! {
    [T, E] Result<T, E>, Result<Step<(), Y, T>, E>: Ok, Err(error) => Err(error);
    [T] Option<T>, Option<Step<(), Y, T>>: Some, None => None;
    [T] Poll<T>, Poll<Step<(), Y, T>>: Poll::Ready, Poll::Pending => Poll::Pending;
    [B, C] ControlFlow<B, C>, ControlFlow<B, Step<(), Y, C>>:
        ControlFlow::Continue, ControlFlow::Break(value) => ControlFlow::Break(value);
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
