//! The body as a plain function: a yield is a call that notes the value and returns the next
//! argument. Nothing is suspended, so this is Rust itself, with no transform in between.

use std::cell::Cell;
use std::fmt::Debug;

use crate::Input;
use crate::driver::{Abandon, Plan, catch, note_completion, note_yield};
use crate::log::{self, note};

thread_local! {
    static STEP: Cell<usize> = const { Cell::new(0) };
    static DROP_AT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// A plain function with its arguments, waiting for the first resume argument.
#[derive(Debug)]
pub struct Plain<F>(pub F);

/// What a yield is in a plain function.
pub fn suspend<Y: Debug, R: Input>(value: Y) -> R {
    note_yield(value);
    let step = STEP.get() + 1;
    STEP.set(step);
    if DROP_AT.get() == Some(step) {
        note("dropping");
        // Unwinding drops what dropping the suspended machine would, in the same order.
        std::panic::resume_unwind(Box::new(Abandon));
    }
    log::unfused(|| R::nth(step))
}

/// Runs a plain function the way [`crate::driver::run`] runs a machine.
pub(crate) fn run<F, R, O>(make: impl Fn() -> Plain<F>, plan: Plan) -> log::Log
where
    F: FnOnce(R) -> O,
    R: Input,
    O: Debug,
{
    log::start();
    STEP.set(0);
    DROP_AT.set(plan.drop_at);
    let Plain(call) = make();
    note("made");
    if plan.drop_at == Some(0) {
        note("dropping");
        drop(call);
    } else {
        let first = R::nth(0);
        log::light(plan.fuse);
        let ended = catch(|| call(first));
        let abandoned = matches!(&ended, Err(payload) if payload.is::<Abandon>());
        note_completion(ended);
        if !abandoned {
            note("dropping");
        }
    }
    note("dropped");
    log::finish()
}
