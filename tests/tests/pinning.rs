//! Macros that pin a local under its own name.
#![deny(warnings)]

use std::{
    future::{Future, ready},
    pin::pin,
    task::{Context, Poll, Waker},
};

use futures_util::{Stream, StreamExt, future::FutureExt, pin_mut};
use handcrank::{generator, yield_};

/// As tokio's.
mod tokio {
    macro_rules! pin {
        ($($name:ident),* $(,)?) => {
            $(
                let mut $name = $name;
                #[allow(unused_mut)]
                let mut $name = unsafe { std::pin::Pin::new_unchecked(&mut $name) };
            )*
        };
        ($(let $name:ident = $init:expr;)*) => {
            $(
                let $name = $init;
                crate::tokio::pin!($name);
            )*
        };
    }
    pub(crate) use pin;
}

#[generator]
async fn sum(first: impl Future<Output = u32>, second: impl Future<Output = u32>) -> u32 {
    pin_mut!(first, second);
    let sum = (&mut first).await + second.await;
    tokio::pin! {
        let third = async { ready(sum).await + 1 };
    }
    tokio::pin!(first);
    let _: &_ = &first;
    (&mut third).await
}

#[test]
fn a_pinned_local_is_awaited() {
    let mut sum = pin!(sum(ready(1), async { ready(2).await }));
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(sum.as_mut().poll(&mut context), Poll::Ready(4));
}

#[generator]
fn doubled(numbers: impl Stream<Item = u32>) -> impl Stream<Item = u32> {
    tokio::pin!(numbers);
    while let Some(number) = numbers.next().await {
        yield_!(2 * number);
    }
}

#[test]
fn a_pinned_stream_is_read() {
    let stream = futures_util::stream::iter([1, 2]).then(|n| async move { n + 1 });
    let read = doubled(stream).collect::<Vec<_>>().now_or_never();
    assert_eq!(read, Some(vec![4, 6]));
}

/// As in a crate that declares the macro, or imports it: by its name alone.
mod by_name {
    use super::{generator, tokio::pin};

    #[generator]
    pub async fn length(name: impl Future<Output = String>) -> usize {
        pin!(name);
        (&mut name).await.len()
    }
}

#[test]
fn the_macro_is_called_by_its_name_alone() {
    let mut length = pin!(by_name::length(ready("name".to_owned())));
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(length.as_mut().poll(&mut context), Poll::Ready(4));
}
