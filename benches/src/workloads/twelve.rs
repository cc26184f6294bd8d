//! Twelve suspension points in one `match` inside a loop.

use handcrank::{generator, yield_};
use std::ops::Coroutine;

#[generator]
fn ours(n: u64) -> impl Iterator<Item = u64> {
    let mut state = 1_u64;
    for i in 0..n {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
        match (state >> 32) % 12 {
            0 => yield_!(state),
            1 => yield_!(state ^ 1),
            2 => yield_!(state + 2),
            3 => yield_!(state >> 3),
            4 => yield_!(state & 4),
            5 => yield_!(state | 5),
            6 => yield_!(state - 6),
            7 => yield_!(state / 7),
            8 => yield_!(state % 8),
            9 => yield_!(!state),
            10 => yield_!(state.rotate_left(10)),
            _ => {
                yield_!(i);
                state ^= i;
            }
        }
    }
}

struct ByHand {
    state: u64,
    i: u64,
    n: u64,
    /// At the last suspension point, there is something to do afterwards.
    at_last: bool,
}

impl ByHand {
    fn new(n: u64) -> Self {
        ByHand { state: 1, i: 0, n, at_last: false }
    }
}

impl Iterator for ByHand {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        if self.at_last {
            self.at_last = false;
            self.state ^= self.i - 1;
        }
        let i = self.i;
        if i == self.n {
            return None;
        }
        self.i += 1;
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
        let state = self.state;
        Some(match (state >> 32) % 12 {
            0 => state,
            1 => state ^ 1,
            2 => state + 2,
            3 => state >> 3,
            4 => state & 4,
            5 => state | 5,
            6 => state - 6,
            7 => state / 7,
            8 => state % 8,
            9 => !state,
            10 => state.rotate_left(10),
            _ => {
                self.at_last = true;
                i
            }
        })
    }
}

fn rustc(n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    move || {
        let mut state = 1_u64;
        for i in 0..n {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
            match (state >> 32) % 12 {
                0 => yield state,
                1 => yield state ^ 1,
                2 => yield state + 2,
                3 => yield state >> 3,
                4 => yield state & 4,
                5 => yield state | 5,
                6 => yield state - 6,
                7 => yield state / 7,
                8 => yield state % 8,
                9 => yield !state,
                10 => yield state.rotate_left(10),
                _ => {
                    yield i;
                    state ^= i;
                }
            }
        }
    }
}

peers! { $ (n: u64) {
    let mut state = 1_u64;
    for i in 0..n {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
        match (state >> 32) % 12 {
            0 => yield_!(state),
            1 => yield_!(state ^ 1),
            2 => yield_!(state + 2),
            3 => yield_!(state >> 3),
            4 => yield_!(state & 4),
            5 => yield_!(state | 5),
            6 => yield_!(state - 6),
            7 => yield_!(state / 7),
            8 => yield_!(state % 8),
            9 => yield_!(!state),
            10 => yield_!(state.rotate_left(10)),
            _ => {
                yield_!(i);
                state ^= i;
            }
        };
    }
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
fn next_gen(n: u64) {
    let mut state = 1_u64;
    for i in 0..n {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
        match (state >> 32) % 12 {
            0 => yield_!(state),
            1 => yield_!(state ^ 1),
            2 => yield_!(state + 2),
            3 => yield_!(state >> 3),
            4 => yield_!(state & 4),
            5 => yield_!(state | 5),
            6 => yield_!(state - 6),
            7 => yield_!(state / 7),
            8 => yield_!(state % 8),
            9 => yield_!(!state),
            10 => yield_!(state.rotate_left(10)),
            _ => {
                yield_!(i);
                state ^= i;
            }
        };
    }
}

#[allow(warnings, reason = "reported for `ours`")]
fn async_stream(n: u64) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
        let mut state = 1_u64;
        for i in 0..n {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
            match (state >> 32) % 12 {
                0 => yield state,
                1 => yield state ^ 1,
                2 => yield state + 2,
                3 => yield state >> 3,
                4 => yield state & 4,
                5 => yield state | 5,
                6 => yield state - 6,
                7 => yield state / 7,
                8 => yield state % 8,
                9 => yield !state,
                10 => yield state.rotate_left(10),
                _ => {
                    yield i;
                    state ^= i;
                }
            };
        }
}
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_diapause {
    use super::*;

    #[diapause::coroutine(yield = u64)]
    pub fn machine(n: u64) {
        let mut state = 1_u64;
        for i in 0_u64..n {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
            match (state >> 32) % 12 {
                0 => {
                    yield_!(state);
                }
                1 => {
                    yield_!(state ^ 1);
                }
                2 => {
                    yield_!(state + 2);
                }
                3 => {
                    yield_!(state >> 3);
                }
                4 => {
                    yield_!(state & 4);
                }
                5 => {
                    yield_!(state | 5);
                }
                6 => {
                    yield_!(state - 6);
                }
                7 => {
                    yield_!(state / 7);
                }
                8 => {
                    yield_!(state % 8);
                }
                9 => {
                    yield_!(!state);
                }
                10 => {
                    yield_!(state.rotate_left(10));
                }
                _ => {
                    yield_!(i);
                    state ^= i;
                }
            }
        }
    }
}

variants! { "twelve points", |input|
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
