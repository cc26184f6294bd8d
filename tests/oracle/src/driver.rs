//! Drives a machine through a plan and compares the logs of all that run the same body.

use std::any::Any;
use std::fmt::Debug;
use std::ops::{Coroutine, CoroutineState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use handcrank::{Generator, GeneratorState};

use crate::log::{self, Blown, Log, note};
use crate::{Input, Plain, plain};

/// How a resumption ended.
#[derive(Debug)]
pub enum Outcome<Y, O> {
    /// It reached a suspension point.
    Yielded(Y),
    /// It reached the end.
    Complete(O),
}

/// Anything that can be resumed.
pub trait Machine<R> {
    /// What it yields.
    type Yield: Debug;
    /// What it returns.
    type Return: Debug;
    /// Runs to the next suspension point.
    fn crank(self: Pin<&mut Self>, argument: R) -> Outcome<Self::Yield, Self::Return>;
}

/// A machine made by `#[generator]`.
#[derive(Debug)]
pub struct Cranked<G>(pub G);

/// A coroutine made by rustc.
#[derive(Debug)]
pub struct Native<C>(pub C);

/// A future, made by either.
#[derive(Debug)]
pub struct Polled<F>(pub F);

/// The machine inside a wrapper; a wrapper pins what it wraps.
macro_rules! inner {
    // SAFETY: a projection to the only field, which is never moved out of the wrapper.
    ($pinned:expr) => {
        unsafe { $pinned.map_unchecked_mut(|wrapper| &mut wrapper.0) }
    };
}

impl<R, G: Generator<R, Yield: Debug, Return: Debug>> Machine<R> for Cranked<G> {
    type Yield = G::Yield;
    type Return = G::Return;

    fn crank(self: Pin<&mut Self>, argument: R) -> Outcome<G::Yield, G::Return> {
        match inner!(self).resume(argument) {
            GeneratorState::Yielded(value) => Outcome::Yielded(value),
            GeneratorState::Complete(value) => Outcome::Complete(value),
        }
    }
}

impl<R, C: Coroutine<R, Yield: Debug, Return: Debug>> Machine<R> for Native<C> {
    type Yield = C::Yield;
    type Return = C::Return;

    fn crank(self: Pin<&mut Self>, argument: R) -> Outcome<C::Yield, C::Return> {
        match inner!(self).resume(argument) {
            CoroutineState::Yielded(value) => Outcome::Yielded(value),
            CoroutineState::Complete(value) => Outcome::Complete(value),
        }
    }
}

impl<F: Future<Output: Debug>> Machine<()> for Polled<F> {
    type Yield = ();
    type Return = F::Output;

    fn crank(self: Pin<&mut Self>, (): ()) -> Outcome<(), F::Output> {
        match inner!(self).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Outcome::Yielded(()),
            Poll::Ready(value) => Outcome::Complete(value),
        }
    }
}

/// What happens to a machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// It is dropped after so many resumptions; `None` lets it run to its end.
    pub drop_at: Option<usize>,
    /// The event that panics: of all, or of those of the drop if `drop_at` is set.
    pub fuse: Option<usize>,
}

/// The payload of the unwinding that stands for a drop in a plain function.
pub(crate) struct Abandon;

/// More resumptions than any body here needs.
const STEPS: usize = 200;

pub(crate) fn catch<T>(run: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(run))
}

pub(crate) fn note_yield(value: impl Debug) {
    log::unfused(|| {
        note(format!("yielded {value:?}"));
        drop(value);
    });
}

/// Notes how the last resumption ended.
pub(crate) fn note_completion(ended: Result<impl Debug, Box<dyn Any + Send>>) {
    log::unfused(|| match ended {
        Ok(value) => {
            note(format!("returned {value:?}"));
            drop(value);
        }
        Err(payload) if payload.is::<Abandon>() => {}
        Err(payload) => note(format!("panicked: {}", message(&*payload))),
    });
}

fn message(payload: &(dyn Any + Send)) -> &str {
    if payload.is::<Blown>() {
        "the fuse"
    } else if let Some(text) = payload.downcast_ref::<&str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "with an unknown payload"
    }
}

/// Leaves the machine where it is between two resumptions.
#[must_use]
pub fn pinned<M>(machine: Pin<Box<M>>) -> Pin<Box<M>> {
    machine
}

/// Moves the machine to another address between two resumptions.
#[must_use]
pub fn moved<M: Unpin>(machine: Pin<Box<M>>) -> Pin<Box<M>> {
    let old = Pin::into_inner(machine);
    // `old` is freed after the new box exists, so the two cannot have the same address.
    Box::pin(*old)
}

/// Runs a machine as planned.
fn run<M: Machine<R>, R: Input>(
    make: &impl Fn() -> M,
    shift: fn(Pin<Box<M>>) -> Pin<Box<M>>,
    plan: Plan,
) -> Log {
    log::start();
    let mut machine = Box::pin(make());
    note("made");
    let mut step = 0;
    let mut ended = false;
    if plan.drop_at.is_none() {
        log::light(plan.fuse);
    }
    while !ended && plan.drop_at != Some(step) {
        assert!(step < STEPS, "the body does not come to an end");
        let argument = log::unfused(|| R::nth(step));
        match catch(|| machine.as_mut().crank(argument)) {
            Ok(Outcome::Yielded(value)) => {
                note_yield(value);
                step += 1;
            }
            Ok(Outcome::Complete(value)) => {
                note_completion(Ok(value));
                ended = true;
            }
            Err(payload) => {
                note_completion(Err::<(), _>(payload));
                ended = true;
            }
        }
        machine = shift(machine);
    }
    if ended {
        log::unfused(|| {
            let argument = R::nth(step + 1);
            match catch(|| machine.as_mut().crank(argument)) {
                Err(_) => note("refused to go on"),
                Ok(Outcome::Yielded(_)) => note("YIELDED AFTER THE END"),
                Ok(Outcome::Complete(_)) => note("COMPLETED AGAIN"),
            }
        });
    }
    note("dropping");
    if plan.drop_at.is_some() {
        log::light(plan.fuse);
    }
    match catch(|| drop(machine)) {
        Ok(()) => note("dropped"),
        Err(payload) => note(format!("panicked while dropping: {}", message(&*payload))),
    }
    log::finish()
}

/// One body, as a way to run it.
pub trait Subject {
    /// Runs the body.
    fn run(&self, plan: &dyn Any) -> Box<dyn Any>;
}

struct Runner<F>(F);

impl<F: Fn(Plan) -> Log> Runner<F> {
    fn run(&self, plan: Plan) -> Log {
        (self.0)(plan)
    }
}
