//! A running total of the arguments.

use handcrank::{Generator, GeneratorState, generator, yield_};
use std::ops::Coroutine;
use std::pin::Pin;

#[generator]
fn ours(#[resume] first: u64, limit: u64) -> impl Generator<u64, Yield = u64> + Unpin {
    let mut total = first;
    while total < limit {
        total += yield_!(total);
    }
}

struct ByHand {
    total: u64,
    limit: u64,
}

impl Generator<u64> for ByHand {
    type Yield = u64;
    type Return = ();
    #[inline]
    fn resume(mut self: Pin<&mut Self>, argument: u64) -> GeneratorState<u64, ()> {
        self.total += argument;
        if self.total < self.limit {
            GeneratorState::Yielded(self.total)
        } else {
            GeneratorState::Complete(())
        }
    }
}

fn rustc(limit: u64) -> impl Coroutine<u64, Yield = u64, Return = ()> {
    #[coroutine]
    move |first: u64| {
        let mut total = first;
        while total < limit {
            total += yield total;
        }
    }
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_diapause {
    use super::*;

    #[diapause::coroutine(yield = u64, resume = u64)]
    pub fn machine(first: u64, limit: u64) {
        let mut total: u64 = first;
        while total < limit {
            let more: u64 = yield_!(total);
            total += more;
        }
    }

    /// The first argument makes the machine, the others resume it.
    pub struct Driven(pub Option<machine::State>, pub u64);
    impl Generator<u64> for Driven {
        type Yield = u64;
        type Return = ();
        #[inline]
        fn resume(mut self: Pin<&mut Self>, argument: u64) -> GeneratorState<u64, ()> {
            use diapause::Coroutine;
            let this = &mut *self;
            let step = match &mut this.0 {
                Some(machine) => machine.resume(argument),
                none => none.insert(machine(argument, this.1)).start(),
            };
            match step {
                diapause::CoroutineState::Yielded(total) => GeneratorState::Yielded(total),
                diapause::CoroutineState::Complete(()) => GeneratorState::Complete(()),
            }
        }
    }
}

/// Handles what others call a resumption.
mod by_corosensei {
    use super::*;
    use corosensei::{Coroutine, CoroutineResult};

    pub struct Driven(Coroutine<u64, u64, ()>);

    pub fn machine(limit: u64) -> Driven {
        Driven(Coroutine::new(move |yielder, first| {
            let mut total: u64 = first;
            while total < limit {
                total += yielder.suspend(total);
            }
        }))
    }

    impl Generator<u64> for Driven {
        type Yield = u64;
        type Return = ();
        #[inline]
        fn resume(mut self: Pin<&mut Self>, argument: u64) -> GeneratorState<u64, ()> {
            match self.0.resume(argument) {
                CoroutineResult::Yield(total) => GeneratorState::Yielded(total),
                CoroutineResult::Return(()) => GeneratorState::Complete(()),
            }
        }
    }
}

variants! { "running total", |input|
    Ours: generator_with(ours(7 * input.n));
    ByHand: generator_with(ByHand { total: 0, limit: 7 * input.n });
    Rustc: coroutine_with(rustc(7 * input.n));
    Diapause: generator_with(by_diapause::Driven(None, 7 * input.n));
    Corosensei: generator_with(by_corosensei::machine(7 * input.n));
}
