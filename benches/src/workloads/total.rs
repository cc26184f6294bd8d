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

variants! { "running total", |input|
    Ours: generator_with(ours(7 * input.n));
    ByHand: generator_with(ByHand { total: 0, limit: 7 * input.n });
    Rustc: coroutine_with(rustc(7 * input.n));
}
