//! `impl Stream`: yields and awaits in one body (feature `futures-core`).
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures_util::stream::{FusedStream, Stream, StreamExt};
use handcrank::{generator, yield_, yield_from};
use handcrank_tests::{Log, Pause, block_on, panic_message};

fn poll_next<S: Stream + ?Sized>(stream: Pin<&mut S>) -> Poll<Option<S::Item>> {
    stream.poll_next(&mut Context::from_waker(Waker::noop()))
}

#[allow(
    clippy::implied_bounds_in_impls,
    reason = "the macro reads the first bound"
)]
#[generator]
fn numbers(limit: u32) -> impl Stream<Item = u32> + FusedStream {
    for n in 0..limit {
        Pause(n).await;
        yield_!(n);
    }
}

#[generator]
fn only_awaits() -> impl Stream<Item = u32> {
    Pause(2).await;
}

#[generator]
fn only_yields<'a>(words: &'a [&'a str]) -> impl Stream<Item = &'a str> + Send {
    for word in words {
        yield_!(*word);
    }
}

#[generator]
fn running_total(source: impl Stream<Item = u32>, log: Log) -> impl Stream<Item = (u32, u32)> {
    let mut source = pin!(source);
    let _held = log.value("held");
    let mut total = 0;
    while let Some(n) = source.next().await {
        let _turn = log.value("turn");
        total += n;
        yield_!((n, total));
    }
    yield_!((0, {
        Pause(1).await;
        total
    }));
}

#[generator]
fn try_lines(text: &'static str) -> impl Stream<Item = Result<u32, std::num::ParseIntError>> {
    for line in text.lines() {
        Pause(1).await;
        yield_!(line.parse());
    }
}

#[generator]
fn boxed(depth: u32) -> Pin<Box<dyn Stream<Item = u32>>> {
    yield_!(depth);
    if depth > 0 {
        let mut inner = boxed(depth - 1);
        while let Some(n) = inner.next().await {
            yield_!(n);
        }
        Pause(1).await;
    }
}

#[generator]
fn fails(at: u32) -> impl Stream<Item = u32> {
    for n in 0.. {
        assert!(n < at, "reached {at}");
        yield_!(n);
    }
}

#[test]
fn yields_and_awaits() {
    let mut stream = pin!(numbers(3));
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(Some(0)));
    assert_eq!(poll_next(stream.as_mut()), Poll::Pending);
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(Some(1)));
    assert_eq!(poll_next(stream.as_mut()), Poll::Pending);
    assert_eq!(poll_next(stream.as_mut()), Poll::Pending);
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(Some(2)));
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(None));
}

#[test]
fn either_alone() {
    let mut stream = pin!(only_awaits());
    assert_eq!(poll_next(stream.as_mut()), Poll::Pending);
    assert_eq!(poll_next(stream.as_mut()), Poll::Pending);
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(None));
    assert_eq!(
        block_on(only_yields(&["a", "b"]).collect::<Vec<_>>()),
        (0, vec!["a", "b"])
    );
}

#[test]
fn streams_of_streams_and_their_drops() {
    let log = Log::default();
    let (pending, totals) = block_on(running_total(numbers(3), log.clone()).collect::<Vec<_>>());
    assert_eq!(totals, [(0, 0), (1, 1), (2, 3), (0, 3)]);
    assert_eq!(pending, 4);
    assert_eq!(log.take(), ["turn", "turn", "turn", "held"]);

    let mut dropped = Box::pin(running_total(numbers(3), log.clone()));
    assert_eq!(poll_next(dropped.as_mut()), Poll::Ready(Some((0, 0))));
    drop(dropped);
    assert_eq!(log.take(), ["turn", "held"]);
}

#[test]
fn items_that_are_results() {
    let (_, lines) = block_on(
        try_lines("1\nx\n3")
            .map(|line| line.ok())
            .collect::<Vec<_>>(),
    );
    assert_eq!(lines, [Some(1), None, Some(3)]);
}

#[test]
fn boxed_streams_recurse() {
    assert_eq!(
        block_on(boxed(3).collect::<Vec<_>>()),
        (3, vec![3, 2, 1, 0])
    );
}

#[test]
fn streams_are_fused() {
    let mut stream = Box::pin(numbers(1));
    assert!(!stream.is_terminated());
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(Some(0)));
    assert!(!stream.is_terminated());
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(None));
    assert!(stream.is_terminated());
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(None));
}

#[test]
fn streams_are_poisoned_by_a_panic() {
    let mut stream = Box::pin(fails(1));
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(Some(0)));
    assert_eq!(panic_message(|| poll_next(stream.as_mut())), "reached 1");
    for _ in 0..2 {
        assert_eq!(
            panic_message(|| poll_next(stream.as_mut())),
            "stream polled after panicking"
        );
    }
    drop(stream);
}

/// Pending before each of its items.
#[generator]
fn slow(n: u32, log: Log) -> impl Stream<Item = u32> {
    let _held = log.value("slow");
    for i in 0..n {
        Pause(1).await;
        yield_!(i);
    }
}

/// Streams and iterators, of the body's own and of its parameters.
#[generator]
fn all(given: impl Stream<Item = u32>, log: Log) -> impl Stream<Item = u32> {
    let _held = log.value("all");
    yield_from!(slow(2, log.clone()));
    yield_from!([7, 8]);
    let kept = slow(1, log.clone());
    yield_from!(kept);
    yield_from!(given);
    let (): () = yield_from!(Box::pin(slow(1, log.clone())));
    yield_!(9);
}

#[test]
fn streams_are_delegated_to() {
    let log = Log::default();
    let given = futures_util::stream::iter([20, 21]);
    let (pending, items): (usize, Vec<u32>) = block_on(all(given, log.clone()).collect());
    assert_eq!(pending, 4);
    assert_eq!(items, [0, 1, 7, 8, 0, 20, 21, 0, 9]);
    assert_eq!(log.take(), ["slow", "slow", "slow", "all"]);
}

#[test]
fn a_stream_is_pending_while_what_it_delegates_to_is() {
    let log = Log::default();
    let mut stream = Box::pin(all(futures_util::stream::empty(), log.clone()));
    assert_eq!(poll_next(stream.as_mut()), Poll::Pending);
    assert_eq!(poll_next(stream.as_mut()), Poll::Ready(Some(0)));
    assert_eq!(poll_next(stream.as_mut()), Poll::Pending);
    drop(stream);
    assert_eq!(log.take(), ["slow", "all"]);
}
