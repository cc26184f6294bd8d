//! A table of 64 KiB among the locals.

use handcrank::{generator, yield_};
use std::ops::Coroutine;

const LENGTH: usize = 8192;

#[generator]
fn ours(n: u64) -> impl Iterator<Item = u64> {
    let mut table = [0_u64; LENGTH];
    let mut state = 1_u64;
    for i in 0..n {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
        let place = (state >> 40) as usize % LENGTH;
        yield_!(table[place]);
        table[place] = state;
    }
}

struct ByHand {
    table: [u64; LENGTH],
    state: u64,
    i: u64,
    n: u64,
}

impl ByHand {
    fn new(n: u64) -> Self {
        ByHand { table: [0; LENGTH], state: 1, i: 0, n }
    }
}

impl Iterator for ByHand {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        if self.i == self.n {
            return None;
        }
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(self.i);
        self.i += 1;
        let place = (self.state >> 40) as usize % LENGTH;
        Some(std::mem::replace(&mut self.table[place], self.state))
    }
}

fn rustc(n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    move || {
        let mut table = [0_u64; LENGTH];
        let mut state = 1_u64;
        for i in 0..n {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
            let place = (state >> 40) as usize % LENGTH;
            yield table[place];
            table[place] = state;
        }
    }
}

peers! { $ (n: u64) {
    let mut table = [0_u64; LENGTH];
    let mut state = 1_u64;
    for i in 0..n {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
        let place = (state >> 40) as usize % LENGTH;
        yield_!(table[place]);
        table[place] = state;
    }
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
fn next_gen(n: u64) {
    let mut table = [0_u64; LENGTH];
    let mut state = 1_u64;
    for i in 0..n {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
        let place = (state >> 40) as usize % LENGTH;
        yield_!(table[place]);
        table[place] = state;
    }
}

#[allow(warnings, reason = "reported for `ours`")]
fn async_stream(n: u64) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
        let mut table = [0_u64; LENGTH];
        let mut state = 1_u64;
        for i in 0..n {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
            let place = (state >> 40) as usize % LENGTH;
            yield table[place];
            table[place] = state;
        }
}
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_diapause {
    use super::*;

    #[diapause::coroutine(yield = u64)]
    pub fn machine(n: u64) {
        let mut table: [u64; LENGTH] = [0_u64; LENGTH];
        let mut state = 1_u64;
        for i in 0_u64..n {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
            let place: usize = (state >> 40) as usize % LENGTH;
            yield_!(table[place]);
            table[place] = state;
        }
    }
}

variants! { "64 KiB of locals", |input|
    Ours: iter(ours(input.n));
    ByHand: iter(ByHand::new(input.n));
    Rustc: coroutine(rustc(input.n));
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
