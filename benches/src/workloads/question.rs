//! Early exits and `?` in a hot loop.

use handcrank::{Generator, GeneratorState, generator, yield_};
use std::ops::Coroutine;
use std::pin::Pin;

#[generator]
fn ours(digits: &[u8], limit: u64) -> impl Generator<Yield = u64, Return = Option<u64>> + Unpin {
    let mut sum = 0_u64;
    for digit in digits {
        let digit = digit.checked_sub(b'0')?;
        sum = sum.checked_add(u64::from(digit))?;
        if sum > limit {
            return Some(sum);
        }
        yield_!(sum);
    }
    None
}

struct ByHand<'a> {
    digits: std::slice::Iter<'a, u8>,
    sum: u64,
    limit: u64,
}

impl ByHand<'_> {
    #[inline]
    fn next(&mut self) -> Result<u64, Option<u64>> {
        let digit = self.digits.next().ok_or(None)?;
        let digit = digit.checked_sub(b'0').ok_or(None)?;
        self.sum = self.sum.checked_add(u64::from(digit)).ok_or(None)?;
        if self.sum > self.limit {
            return Err(Some(self.sum));
        }
        Ok(self.sum)
    }
}

impl Generator for ByHand<'_> {
    type Yield = u64;
    type Return = Option<u64>;
    #[inline]
    fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<u64, Option<u64>> {
        match self.next() {
            Ok(sum) => GeneratorState::Yielded(sum),
            Err(last) => GeneratorState::Complete(last),
        }
    }
}

fn rustc(digits: &[u8], limit: u64) -> impl Coroutine<Yield = u64, Return = Option<u64>> {
    #[coroutine]
    move || {
        let mut sum = 0_u64;
        for digit in digits {
            let digit = digit.checked_sub(b'0')?;
            sum = sum.checked_add(u64::from(digit))?;
            if sum > limit {
                return Some(sum);
            }
            yield sum;
        }
        None
    }
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_diapause {
    use super::*;
    use diapause::Coroutine;

    #[diapause::coroutine(yield = u64)]
    pub fn machine(digits: &[u8], limit: u64) -> Option<u64> {
        let mut sum = 0_u64;
        for digit in digits {
            let digit = digit.checked_sub(b'0')?;
            sum = sum.checked_add(u64::from(digit))?;
            if sum > limit {
                return Some(sum);
            }
            yield_!(sum);
        }
        None
    }

    pub struct Driven<C>(pub C, pub bool);

    impl<C: Coroutine<Yield = u64, Return = Option<u64>> + Unpin> Generator for Driven<C> {
        type Yield = u64;
        type Return = Option<u64>;
        #[inline]
        fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<u64, Option<u64>> {
            let step = if std::mem::replace(&mut self.1, true) { self.0.resume(()) } else { self.0.start() };
            match step {
                diapause::CoroutineState::Yielded(sum) => GeneratorState::Yielded(sum),
                diapause::CoroutineState::Complete(last) => GeneratorState::Complete(last),
            }
        }
    }
}

variants! { "early exit and `?`", |input|
    Ours: generator(ours(&input.digits, 4 * input.n));
    ByHand: generator(ByHand { digits: input.digits.iter(), sum: 0, limit: 4 * input.n });
    Rustc: coroutine(rustc(&input.digits, 4 * input.n));
    Diapause: generator(by_diapause::Driven(by_diapause::machine(&input.digits, 4 * input.n), false));
}
