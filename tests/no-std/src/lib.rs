//! Generators in a crate without `std` and `alloc`.
#![no_std]

// Where flags cannot be swapped there are no such wakers.
#[cfg(target_has_atomic = "8")]
mod embedded;
#[cfg(target_has_atomic = "8")]
mod executor;

use core::future::Future;
use core::pin::pin;
use core::task::{Context, Poll, Waker};

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_, yield_from};

/// Borrows an array of its own across its yields.
#[generator]
pub fn window_sums(limit: u32) -> impl Generator<Yield = u32, Return = usize> {
    let table = [1, 2, 3, 4, 5];
    let mut count = 0;
    for window in table.windows(2) {
        let [a, b] = window else { continue };
        if a + b > limit {
            break;
        }
        count += 1;
        yield_!(a + b);
    }
    count
}

/// Takes digits and gives the number so far.
#[generator]
pub fn digits(#[resume] first: char) -> impl Generator<char, Yield = u32, Return = Option<u32>> {
    let mut number = first.to_digit(10)?;
    while let Some(digit) = yield_!(number).to_digit(10) {
        number = number.checked_mul(10)?.checked_add(digit)?;
    }
    Some(number)
}

/// The words of a text, twice.
#[generator]
pub fn words<'a>(text: &'a str) -> impl Iterator<Item = &'a str> {
    for word in text.split(' ') {
        yield_!(word);
    }
    yield_from!(text.split(' '));
}

/// Pending so many times.
#[generator]
pub async fn pause(times: u32) -> u32 {
    let mut left = times;
    core::future::poll_fn(|_| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        Poll::Pending
    })
    .await;
    times
}

/// Sums pauses, and borrows the array of their lengths.
#[generator]
pub fn pauses(lengths: [u32; 2]) -> impl Future<Output = u32> {
    let mut sum = 0;
    for length in &lengths {
        sum += pause(*length).await;
    }
    sum
}

/// Whether all of them do what they should; the number of the first that does not, otherwise.
///
/// # Errors
/// If one of them does not.
pub fn check() -> Result<(), u8> {
    let mut sums = pin!(window_sums(7));
    for expected in [Yielded(3), Yielded(5), Yielded(7), Complete(3)] {
        if sums.as_mut().resume(()) != expected {
            return Err(1);
        }
    }

    let mut number = pin!(digits());
    for (digit, expected) in [
        ('4', Yielded(4)),
        ('2', Yielded(42)),
        (';', Complete(Some(42))),
    ] {
        if number.as_mut().resume(digit) != expected {
            return Err(2);
        }
    }
    if pin!(digits()).resume('x') != Complete(None) {
        return Err(3);
    }

    if !words("a bc d").eq(["a", "bc", "d", "a", "bc", "d"]) {
        return Err(4);
    }

    let mut future = pin!(pauses([1, 2]));
    let mut context = Context::from_waker(Waker::noop());
    for expected in [Poll::Pending, Poll::Pending, Poll::Pending, Poll::Ready(3)] {
        if future.as_mut().poll(&mut context) != expected {
            return Err(5);
        }
    }
    #[cfg(target_has_atomic = "8")]
    embedded::check()?;
    Ok(())
}
