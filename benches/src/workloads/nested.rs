//! Two loops.

use handcrank::{generator, yield_};
use std::ops::Coroutine;

#[generator]
fn ours(n: u64) -> impl Iterator<Item = u64> {
    for i in 0..n {
        for j in i..n {
            if (i ^ j) & 3 != 0 {
                yield_!(i * j);
            }
        }
    }
}

struct ByHand {
    i: u64,
    j: u64,
    n: u64,
}

impl Iterator for ByHand {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        while self.i < self.n {
            while self.j < self.n {
                let (i, j) = (self.i, self.j);
                self.j += 1;
                if (i ^ j) & 3 != 0 {
                    return Some(i * j);
                }
            }
            self.i += 1;
            self.j = self.i;
        }
        None
    }
}

fn rustc(n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    move || {
        for i in 0..n {
            for j in i..n {
                if (i ^ j) & 3 != 0 {
                    yield i * j;
                }
            }
        }
    }
}

fn std(n: u64) -> impl Iterator<Item = u64> {
    (0..n).flat_map(move |i| (i..n).filter(move |j| (i ^ j) & 3 != 0).map(move |j| i * j))
}

peers! { $ (n: u64) {
    for i in 0..n {
        for j in i..n {
            if (i ^ j) & 3 != 0 {
                yield_!(i * j);
            }
        }
    }
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
fn next_gen(n: u64) {
    for i in 0..n {
        for j in i..n {
            if (i ^ j) & 3 != 0 {
                yield_!(i * j);
            }
        }
    }
}

#[allow(warnings, reason = "reported for `ours`")]
fn async_stream(n: u64) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
        for i in 0..n {
            for j in i..n {
                if (i ^ j) & 3 != 0 {
                    yield i * j;
                }
            }
        }
}
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_diapause {
    use super::*;

    #[diapause::coroutine(yield = u64)]
    pub fn machine(n: u64) {
        for i in 0_u64..n {
            for j in i..n {
                if (i ^ j) & 3 != 0 {
                    yield_!(i * j);
                }
            }
        }
    }
}

variants! { "nested loops", |input|
    Ours: iter(ours(input.n / 100));
    ByHand: iter(ByHand { i: 0, j: 0, n: input.n / 100 });
    Rustc: coroutine(rustc(input.n / 100));
    Std: iter(std(input.n / 100));
    Diapause: iter(diapause::Iter::new(by_diapause::machine(input.n / 100)));
    GenawaiterRc: iter(peers::genawaiter_rc(input.n / 100));
    GenawaiterStack: iter(
        genawaiter::stack::let_gen_using!(machine, |co| peers::genawaiter_stack(co, input.n / 100));
        machine.into_iter()
    );
    NextGen: iter(next_gen::mk_gen!(let machine = next_gen(input.n / 100)); machine);
    AsyncStream: stream(async_stream(input.n / 100));
    AsynkStrim: stream(peers::asynk_strim(input.n / 100));
    Corosensei: switched(peers::corosensei(input.n / 100));
    Generator: iter(peers::generator(input.n / 100));
}
