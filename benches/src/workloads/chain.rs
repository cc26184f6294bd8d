//! Adapters with closures, over a `Vec` that the machine owns and lends them.

use handcrank::{Generator, generator, yield_};
use std::ops::Coroutine;

#[generator]
fn ours(numbers: Vec<u64>, factor: u64) -> impl Generator<Yield = u64> {
    for number in numbers.iter().filter(|n| **n & 1 == 0).map(|n| n * factor).skip(1) {
        yield_!(number);
    }
    yield_!(numbers.len() as u64);
}

struct ByHand {
    numbers: Vec<u64>,
    factor: u64,
    next: usize,
    skipped: bool,
    done: bool,
}

impl ByHand {
    fn new(numbers: Vec<u64>, factor: u64) -> Self {
        ByHand { numbers, factor, next: 0, skipped: false, done: false }
    }
}

impl Iterator for ByHand {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        while let Some(number) = self.numbers.get(self.next) {
            self.next += 1;
            if number & 1 == 0 {
                if self.skipped {
                    return Some(number * self.factor);
                }
                self.skipped = true;
            }
        }
        if self.done {
            return None;
        }
        self.done = true;
        Some(self.numbers.len() as u64)
    }
}

fn rustc(numbers: Vec<u64>, factor: u64) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    static move || {
        for number in numbers.iter().filter(|n| **n & 1 == 0).map(|n| n * factor).skip(1) {
            yield number;
        }
        yield numbers.len() as u64;
    }
}

fn std(numbers: Vec<u64>, factor: u64) -> impl Iterator<Item = u64> {
    let count = numbers.len() as u64;
    let items = numbers.into_iter().filter(|n| *n & 1 == 0).map(move |n| n * factor).skip(1);
    items.chain(std::iter::once(count))
}

peers! { $ (numbers: Vec<u64>, factor: u64) {
    for number in numbers.iter().filter(|n| **n & 1 == 0).map(|n| n * factor).skip(1) {
        yield_!(number);
    }
    yield_!(numbers.len() as u64);
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
fn next_gen(numbers: Vec<u64>, factor: u64) {
    for number in numbers.iter().filter(|n| **n & 1 == 0).map(|n| n * factor).skip(1) {
        yield_!(number);
    }
    yield_!(numbers.len() as u64);
}

#[allow(warnings, reason = "reported for `ours`")]
fn async_stream(numbers: Vec<u64>, factor: u64) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
        for number in numbers.iter().filter(|n| **n & 1 == 0).map(|n| n * factor).skip(1) {
            yield number;
        }
        yield numbers.len() as u64;
}
}

variants! { "iterator chain", |input|
    Ours: generator(ours(input.sorted[0].clone(), input.n));
    ByHand: iter(ByHand::new(input.sorted[0].clone(), input.n));
    Rustc: coroutine(rustc(input.sorted[0].clone(), input.n));
    Std: iter(std(input.sorted[0].clone(), input.n));
    GenawaiterRc: iter(peers::genawaiter_rc(input.sorted[0].clone(), input.n));
    GenawaiterStack: iter(
        genawaiter::stack::let_gen_using!(machine, |co| peers::genawaiter_stack(co, input.sorted[0].clone(), input.n));
        machine.into_iter()
    );
    NextGen: iter(next_gen::mk_gen!(let machine = next_gen(input.sorted[0].clone(), input.n)); machine);
    AsyncStream: stream(async_stream(input.sorted[0].clone(), input.n));
    AsynkStrim: stream(peers::asynk_strim(input.sorted[0].clone(), input.n));
    Corosensei: switched(peers::corosensei(input.sorted[0].clone(), input.n));
    Generator: iter(peers::generator(input.sorted[0].clone(), input.n));
}
