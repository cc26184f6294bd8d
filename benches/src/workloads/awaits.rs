//! A future that awaits a thousand futures that are ready, and a thousand that are pending once.

use handcrank::generator;
use std::future::{Future, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Pending once.
struct Pause(bool);

impl Future for Pause {
    type Output = u64;
    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(1) } else { Poll::Pending }
    }
}

#[generator]
async fn ours(n: u64) -> Option<u64> {
    let mut sum = 0_u64;
    for i in 0..n {
        sum = sum.rotate_left(1) ^ ready(i).await;
        sum += Pause(false).await;
    }
    Some(sum)
}

struct ByHand {
    sum: u64,
    i: u64,
    n: u64,
    pause: Option<Pause>,
}

impl Future for ByHand {
    type Output = Option<u64>;
    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<u64>> {
        loop {
            if let Some(pause) = &mut self.pause {
                match Pin::new(pause).poll(context) {
                    Poll::Ready(more) => self.sum += more,
                    Poll::Pending => return Poll::Pending,
                }
                self.pause = None;
            }
            if self.i == self.n {
                return Poll::Ready(Some(self.sum));
            }
            self.sum = self.sum.rotate_left(1) ^ self.i;
            self.i += 1;
            self.pause = Some(Pause(false));
        }
    }
}

async fn rustc(n: u64) -> Option<u64> {
    let mut sum = 0_u64;
    for i in 0..n {
        sum = sum.rotate_left(1) ^ ready(i).await;
        sum += Pause(false).await;
    }
    Some(sum)
}

variants! { "future, 2,000 awaits", |input|
    Ours: future(ours(input.n / 10));
    ByHand: future(ByHand { sum: 0, i: 0, n: input.n / 10, pause: None });
    Rustc: future(rustc(input.n / 10));
}
