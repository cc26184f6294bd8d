//! One loop.

use handcrank::{generator, yield_};
use std::ops::Coroutine;

#[generator]
fn ours(n: u64) -> impl Iterator<Item = u64> {
    let mut i = 0;
    while i < n {
        yield_!(i);
        i += 1;
    }
}

struct ByHand {
    i: u64,
    n: u64,
}

impl Iterator for ByHand {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        let i = self.i;
        if i == self.n {
            return None;
        }
        self.i += 1;
        Some(i)
    }
}

fn rustc(n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    move || {
        let mut i = 0;
        while i < n {
            yield i;
            i += 1;
        }
    }
}

peers! { $ (n: u64) {
    let mut i = 0;
    while i < n {
        yield_!(i);
        i += 1;
    }
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
fn next_gen(n: u64) {
    let mut i = 0;
    while i < n {
        yield_!(i);
        i += 1;
    }
}

#[allow(warnings, reason = "reported for `ours`")]
fn async_stream(n: u64) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
        let mut i = 0;
        while i < n {
            yield i;
            i += 1;
        }
}
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_diapause {
    use super::*;

    #[diapause::coroutine(yield = u64)]
    pub fn machine(n: u64) {
        let mut i = 0_u64;
        while i < n {
            yield_!(i);
            i += 1;
        }
    }
}

variants! { "counter", |input|
    Ours: iter(ours(input.n));
    ByHand: iter(ByHand { i: 0, n: input.n });
    Rustc: coroutine(rustc(input.n));
    Std: iter(0..input.n);
    Diapause: iter(diapause::Iter::new(by_diapause::machine(input.n)));
    GenawaiterRc: iter(peers::genawaiter_rc(input.n));
    GenawaiterStack: iter(
        genawaiter::stack::let_gen_using!(machine, |co| peers::genawaiter_stack(co, input.n));
        machine.into_iter()
    );
    NextGen: iter(next_gen::mk_gen!(let machine = next_gen(input.n)); machine);
    AsyncStream: stream(async_stream(input.n));
    AsynkStrim: stream(peers::asynk_strim(input.n));
    Corosensei: switched(peers::corosensei(input.n));
    Generator: iter(peers::generator(input.n));
}
