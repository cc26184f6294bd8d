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

variants! { "nested loops", |input|
    Ours: iter(ours(input.n / 100));
    ByHand: iter(ByHand { i: 0, j: 0, n: input.n / 100 });
    Rustc: coroutine(rustc(input.n / 100));
    Std: iter(std(input.n / 100));
}
