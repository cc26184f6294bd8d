//! Dropped at the first suspension point.

use handcrank::{generator, yield_};
use std::ops::Coroutine;

#[generator]
pub(super) fn ours(digits: &[u8], n: u64) -> impl Iterator<Item = u64> {
    let seen: Vec<u64> = Vec::with_capacity(n as usize);
    let mut sum = n;
    for digit in digits.to_vec() {
        sum += u64::from(digit);
        yield_!(sum + seen.len() as u64);
    }
}

pub(super) struct ByHand<'a> {
    digits: &'a [u8],
    sum: u64,
    started: Option<(Vec<u64>, std::vec::IntoIter<u8>)>,
}

impl<'a> ByHand<'a> {
    pub(super) fn new(digits: &'a [u8], n: u64) -> Self {
        ByHand { digits, sum: n, started: None }
    }
}

impl Iterator for ByHand<'_> {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        let (seen, digits) = self.started.get_or_insert_with(|| {
            (Vec::with_capacity(self.sum as usize), self.digits.to_vec().into_iter())
        });
        self.sum += u64::from(digits.next()?);
        Some(self.sum + seen.len() as u64)
    }
}

pub(super) fn rustc(digits: &[u8], n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    static move || {
        let seen: Vec<u64> = Vec::with_capacity(n as usize);
        let mut sum = n;
        for digit in digits.to_vec() {
            sum += u64::from(digit);
            yield sum + seen.len() as u64;
        }
    }
}

peers! { $ (digits: &'x [u8], n: u64) {
    let seen: Vec<u64> = Vec::with_capacity(n as usize);
    let mut sum = n;
    for digit in digits.to_vec() {
        sum += u64::from(digit);
        yield_!(sum + seen.len() as u64);
    }
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
pub fn next_gen(digits: &[u8], n: u64) {
    let seen: Vec<u64> = Vec::with_capacity(n as usize);
    let mut sum = n;
    for digit in digits.to_vec() {
        sum += u64::from(digit);
        yield_!(sum + seen.len() as u64);
    }
}

#[allow(warnings, reason = "reported for `ours`")]
pub(super) fn async_stream(digits: &[u8], n: u64) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
        let seen: Vec<u64> = Vec::with_capacity(n as usize);
        let mut sum = n;
        for digit in digits.to_vec() {
            sum += u64::from(digit);
            yield sum + seen.len() as u64;
        }
}
}

#[allow(warnings, reason = "reported for `ours`")]
pub(super) mod by_diapause {
    use super::*;

    #[diapause::coroutine(yield = u64)]
    pub fn machine(digits: &[u8], n: u64) {
        let seen: Vec<u64> = Vec::with_capacity(n as usize);
        let mut sum: u64 = n;
        let all: Vec<u8> = digits.to_vec();
        for digit in all {
            sum += u64::from(digit);
            yield_!(sum + seen.len() as u64);
        }
    }
}

variants! { "dropped while suspended", |input|
    Ours: suspended_iter(|| ours(&input.digits[..20], 20));
    ByHand: suspended_iter(|| ByHand::new(&input.digits[..20], 20));
    Rustc: suspended_coroutine(|| rustc(&input.digits[..20], 20));
    Diapause: suspended_iter(|| diapause::Iter::new(by_diapause::machine(&input.digits[..20], 20)));
    GenawaiterRc: suspended_iter(|| peers::genawaiter_rc(&input.digits[..20], 20));
    AsyncStream: suspended_stream(|| async_stream(&input.digits[..20], 20));
    AsynkStrim: suspended_stream(|| peers::asynk_strim(&input.digits[..20], 20));
    Generator: suspended_iter(|| peers::generator(&input.digits[..20], 20));
}
