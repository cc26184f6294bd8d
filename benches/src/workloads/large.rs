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

variants! { "64 KiB of locals", |input|
    Ours: iter(ours(input.n));
    ByHand: iter(ByHand::new(input.n));
    Rustc: coroutine(rustc(input.n));
}
