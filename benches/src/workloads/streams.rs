//! A hundred thousand items through three adapters.

use futures_core::Stream;
use futures_util::StreamExt;
use handcrank::{generator, yield_};
use std::async_iter::AsyncIterator;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

mod ours {
    use super::*;

    #[generator]
    pub fn numbers(n: u64) -> impl Stream<Item = u64> {
        for i in 0..n {
            yield_!(i);
        }
    }

    #[generator]
    pub fn odd(source: impl Stream<Item = u64>) -> impl Stream<Item = u64> {
        let mut source = pin!(source);
        while let Some(item) = source.next().await {
            if item & 1 == 1 {
                yield_!(item);
            }
        }
    }

    #[generator]
    pub fn scaled(source: impl Stream<Item = u64>, by: u64) -> impl Stream<Item = u64> {
        let mut source = pin!(source);
        while let Some(item) = source.next().await {
            yield_!(item * by);
        }
    }

    #[generator]
    pub fn sums(source: impl Stream<Item = u64>) -> impl Stream<Item = u64> {
        let mut source = pin!(source);
        let mut sum = 0;
        while let Some(item) = source.next().await {
            sum += item;
            yield_!(sum);
        }
    }
}

/// Streams that are [`Unpin`], as these are, may be wrapped without projections.
mod by_hand {
    use super::*;

    pub struct Numbers(pub std::ops::Range<u64>);

    impl Stream for Numbers {
        type Item = u64;
        #[inline]
        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
            Poll::Ready(self.0.next())
        }
    }

    pub struct Odd<S>(pub S);

    impl<S: Stream<Item = u64> + Unpin> Stream for Odd<S> {
        type Item = u64;
        #[inline]
        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<u64>> {
            loop {
                match Pin::new(&mut self.0).poll_next(context) {
                    Poll::Ready(Some(item)) if item & 1 == 0 => {}
                    other => return other,
                }
            }
        }
    }

    pub struct Scaled<S>(pub S, pub u64);

    impl<S: Stream<Item = u64> + Unpin> Stream for Scaled<S> {
        type Item = u64;
        #[inline]
        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<u64>> {
            let by = self.1;
            Pin::new(&mut self.0).poll_next(context).map(|item| item.map(|item| item * by))
        }
    }

    pub struct Sums<S>(pub S, pub u64);

    impl<S: Stream<Item = u64> + Unpin> Stream for Sums<S> {
        type Item = u64;
        #[inline]
        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<u64>> {
            match Pin::new(&mut self.0).poll_next(context) {
                Poll::Ready(Some(item)) => {
                    self.1 += item;
                    Poll::Ready(Some(self.1))
                }
                other => other,
            }
        }
    }
}

mod rustc {
    use super::*;

    pub fn numbers(n: u64) -> impl AsyncIterator<Item = u64> {
        async gen move {
            for i in 0..n {
                yield i;
            }
        }
    }

    pub fn odd(source: impl AsyncIterator<Item = u64>) -> impl AsyncIterator<Item = u64> {
        async gen move {
            for await item in source {
                if item & 1 == 1 {
                    yield item;
                }
            }
        }
    }

    pub fn scaled(source: impl AsyncIterator<Item = u64>, by: u64) -> impl AsyncIterator<Item = u64> {
        async gen move {
            for await item in source {
                yield item * by;
            }
        }
    }

    pub fn sums(source: impl AsyncIterator<Item = u64>) -> impl AsyncIterator<Item = u64> {
        async gen move {
            let mut sum = 0;
            for await item in source {
                sum += item;
                yield sum;
            }
        }
    }
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_async_stream {
    use super::*;
    use async_stream::stream;

    pub fn numbers(n: u64) -> impl Stream<Item = u64> {
        stream! {
            for i in 0..n {
                yield i;
            }
        }
    }

    pub fn odd(source: impl Stream<Item = u64>) -> impl Stream<Item = u64> {
        stream! {
            for await item in source {
                if item & 1 == 1 {
                    yield item;
                }
            }
        }
    }

    pub fn scaled(source: impl Stream<Item = u64>, by: u64) -> impl Stream<Item = u64> {
        stream! {
            for await item in source {
                yield item * by;
            }
        }
    }

    pub fn sums(source: impl Stream<Item = u64>) -> impl Stream<Item = u64> {
        stream! {
            let mut sum = 0;
            for await item in source {
                sum += item;
                yield sum;
            }
        }
    }
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_asynk_strim {
    use super::*;
    use asynk_strim::stream_fn;

    pub fn numbers(n: u64) -> impl Stream<Item = u64> {
        stream_fn(move |mut yielder| async move {
            for i in 0..n {
                yielder.yield_item(i).await;
            }
        })
    }

    pub fn odd(source: impl Stream<Item = u64>) -> impl Stream<Item = u64> {
        stream_fn(move |mut yielder| async move {
            let mut source = pin!(source);
            while let Some(item) = source.next().await {
                if item & 1 == 1 {
                    yielder.yield_item(item).await;
                }
            }
        })
    }

    pub fn scaled(source: impl Stream<Item = u64>, by: u64) -> impl Stream<Item = u64> {
        stream_fn(move |mut yielder| async move {
            let mut source = pin!(source);
            while let Some(item) = source.next().await {
                yielder.yield_item(item * by).await;
            }
        })
    }

    pub fn sums(source: impl Stream<Item = u64>) -> impl Stream<Item = u64> {
        stream_fn(move |mut yielder| async move {
            let mut source = pin!(source);
            let mut sum = 0;
            while let Some(item) = source.next().await {
                sum += item;
                yielder.yield_item(sum).await;
            }
        })
    }
}

variants! { "stream, three adapters", |input|
    Ours: stream(ours::sums(ours::scaled(ours::odd(ours::numbers(10 * input.n)), 3)));
    ByHand: stream(by_hand::Sums(
        by_hand::Scaled(by_hand::Odd(by_hand::Numbers(0..10 * input.n)), 3),
        0,
    ));
    Rustc: async_iter(rustc::sums(rustc::scaled(rustc::odd(rustc::numbers(10 * input.n)), 3)));
    AsyncStream: stream(by_async_stream::sums(by_async_stream::scaled(
        by_async_stream::odd(by_async_stream::numbers(10 * input.n)),
        3,
    )));
    AsynkStrim: stream(by_asynk_strim::sums(by_asynk_strim::scaled(
        by_asynk_strim::odd(by_asynk_strim::numbers(10 * input.n)),
        3,
    )));
}
