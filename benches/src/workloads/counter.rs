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

variants! { "counter", |input|
    Ours: iter(ours(input.n));
    ByHand: iter(ByHand { i: 0, n: input.n });
    Rustc: coroutine(rustc(input.n));
    Std: iter(0..input.n);
}
