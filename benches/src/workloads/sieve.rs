//! The sieve of Eratosthenes.

use handcrank::{generator, yield_};
use std::ops::Coroutine;

#[generator]
fn ours(n: usize) -> impl Iterator<Item = u64> {
    let mut composite = vec![false; n];
    for i in 2..n {
        if !composite[i] {
            yield_!(i as u64);
            let mut multiple = i * i;
            while multiple < n {
                composite[multiple] = true;
                multiple += i;
            }
        }
    }
}

struct ByHand {
    composite: Vec<bool>,
    /// The last prime.
    i: usize,
}

impl ByHand {
    fn new(n: usize) -> Self {
        ByHand { composite: vec![false; n], i: 0 }
    }
}

impl Iterator for ByHand {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        let n = self.composite.len();
        if self.i > 0 {
            let mut multiple = self.i * self.i;
            while multiple < n {
                self.composite[multiple] = true;
                multiple += self.i;
            }
        }
        for i in (self.i + 1).max(2)..n {
            if !self.composite[i] {
                self.i = i;
                return Some(i as u64);
            }
        }
        None
    }
}

fn rustc(n: usize) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    static move || {
        let mut composite = vec![false; n];
        for i in 2..n {
            if !composite[i] {
                yield i as u64;
                let mut multiple = i * i;
                while multiple < n {
                    composite[multiple] = true;
                    multiple += i;
                }
            }
        }
    }
}

peers! { $ (n: usize) {
    let mut composite = vec![false; n];
    for i in 2..n {
        if !composite[i] {
            yield_!(i as u64);
            let mut multiple = i * i;
            while multiple < n {
                composite[multiple] = true;
                multiple += i;
            }
        }
    }
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
fn next_gen(n: usize) {
    let mut composite = vec![false; n];
    for i in 2..n {
        if !composite[i] {
            yield_!(i as u64);
            let mut multiple = i * i;
            while multiple < n {
                composite[multiple] = true;
                multiple += i;
            }
        }
    }
}

#[allow(warnings, reason = "reported for `ours`")]
fn async_stream(n: usize) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
        let mut composite = vec![false; n];
        for i in 2..n {
            if !composite[i] {
                yield i as u64;
                let mut multiple = i * i;
                while multiple < n {
                    composite[multiple] = true;
                    multiple += i;
                }
            }
        }
}
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_diapause {
    use super::*;

    #[diapause::coroutine(yield = u64)]
    pub fn machine(n: usize) {
        let mut composite: Vec<bool> = vec![false; n];
        for i in 2_usize..n {
            if !composite[i] {
                yield_!(i as u64);
                let mut multiple = i * i;
                while multiple < n {
                    composite[multiple] = true;
                    multiple += i;
                }
            }
        }
    }
}

variants! { "prime sieve", |input|
    Ours: iter(ours(2 * input.n as usize));
    ByHand: iter(ByHand::new(2 * input.n as usize));
    Rustc: coroutine(rustc(2 * input.n as usize));
    Diapause: iter(diapause::Iter::new(by_diapause::machine(2 * input.n as usize)));
    GenawaiterRc: iter(peers::genawaiter_rc(2 * input.n as usize));
    GenawaiterStack: iter(
        genawaiter::stack::let_gen_using!(machine, |co| peers::genawaiter_stack(co, 2 * input.n as usize));
        machine.into_iter()
    );
    NextGen: iter(next_gen::mk_gen!(let machine = next_gen(2 * input.n as usize)); machine);
    AsyncStream: stream(async_stream(2 * input.n as usize));
    AsynkStrim: stream(peers::asynk_strim(2 * input.n as usize));
    Corosensei: switched(peers::corosensei(2 * input.n as usize));
    Generator: iter(peers::generator(2 * input.n as usize));
}
