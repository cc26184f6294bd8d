//! Two sorted machines, merged.

use handcrank::{generator, yield_};
use std::ops::{Coroutine, CoroutineState};
use std::pin::Pin;

#[generator]
fn numbers(of: &[u64]) -> impl Iterator<Item = u64> {
    for number in of {
        yield_!(*number);
    }
}

#[generator]
fn ours(
    mut left: impl Iterator<Item = u64>,
    mut right: impl Iterator<Item = u64>,
) -> impl Iterator<Item = u64> {
    let mut a = left.next();
    let mut b = right.next();
    loop {
        match (a, b) {
            (Some(first), Some(second)) if first <= second => {
                yield_!(first);
                a = left.next();
            }
            (_, Some(second)) => {
                yield_!(second);
                b = right.next();
            }
            (Some(first), None) => {
                yield_!(first);
                a = left.next();
            }
            (None, None) => return,
        }
    }
}

struct Numbers<'a> {
    of: &'a [u64],
}

impl Iterator for Numbers<'_> {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        let (first, rest) = self.of.split_first()?;
        self.of = rest;
        Some(*first)
    }
}

struct ByHand<A, B> {
    left: A,
    right: B,
    a: Option<u64>,
    b: Option<u64>,
}

impl<A: Iterator<Item = u64>, B: Iterator<Item = u64>> ByHand<A, B> {
    fn new(mut left: A, mut right: B) -> Self {
        let (a, b) = (left.next(), right.next());
        ByHand { left, right, a, b }
    }
}

impl<A: Iterator<Item = u64>, B: Iterator<Item = u64>> Iterator for ByHand<A, B> {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        match (self.a, self.b) {
            (Some(first), Some(second)) if first <= second => {
                self.a = self.left.next();
                Some(first)
            }
            (_, Some(second)) => {
                self.b = self.right.next();
                Some(second)
            }
            (Some(first), None) => {
                self.a = self.left.next();
                Some(first)
            }
            (None, None) => None,
        }
    }
}

fn numbers_of_rustc(of: &[u64]) -> impl Coroutine<Yield = u64, Return = ()> + Unpin {
    #[coroutine]
    move || {
        for number in of {
            yield *number;
        }
    }
}

#[inline]
fn next(coroutine: &mut (impl Coroutine<Yield = u64, Return = ()> + Unpin)) -> Option<u64> {
    match Pin::new(coroutine).resume(()) {
        CoroutineState::Yielded(item) => Some(item),
        CoroutineState::Complete(()) => None,
    }
}

fn rustc(
    mut left: impl Coroutine<Yield = u64, Return = ()> + Unpin,
    mut right: impl Coroutine<Yield = u64, Return = ()> + Unpin,
) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    move || {
        let mut a = next(&mut left);
        let mut b = next(&mut right);
        loop {
            match (a, b) {
                (Some(first), Some(second)) if first <= second => {
                    yield first;
                    a = next(&mut left);
                }
                (_, Some(second)) => {
                    yield second;
                    b = next(&mut right);
                }
                (Some(first), None) => {
                    yield first;
                    a = next(&mut left);
                }
                (None, None) => return,
            }
        }
    }
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_genawaiter {
    use genawaiter::rc::Gen;

    pub fn numbers(of: &[u64]) -> impl Iterator<Item = u64> {
        Gen::new(move |co| async move {
            for number in of {
                co.yield_(*number).await;
            }
        })
        .into_iter()
    }

    pub fn merged(
        mut left: impl Iterator<Item = u64>,
        mut right: impl Iterator<Item = u64>,
    ) -> impl Iterator<Item = u64> {
        Gen::new(move |co| async move {
            let mut a = left.next();
            let mut b = right.next();
            loop {
                match (a, b) {
                    (Some(first), Some(second)) if first <= second => {
                        co.yield_(first).await;
                        a = left.next();
                    }
                    (_, Some(second)) => {
                        co.yield_(second).await;
                        b = right.next();
                    }
                    (Some(first), None) => {
                        co.yield_(first).await;
                        a = left.next();
                    }
                    (None, None) => return,
                }
            }
        })
        .into_iter()
    }
}

variants! { "merge", |input|
    Ours: iter(ours(numbers(&input.sorted[0]), numbers(&input.sorted[1])));
    ByHand: iter(ByHand::new(Numbers { of: &input.sorted[0] }, Numbers { of: &input.sorted[1] }));
    Rustc: coroutine(rustc(numbers_of_rustc(&input.sorted[0]), numbers_of_rustc(&input.sorted[1])));
    GenawaiterRc: iter(by_genawaiter::merged(
        by_genawaiter::numbers(&input.sorted[0]),
        by_genawaiter::numbers(&input.sorted[1]),
    ));
}
