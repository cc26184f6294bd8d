//! Groups of the example `runtime`: who polls whom.

#[path = "../runtime/group.rs"]
#[allow(dead_code, reason = "a part of it is tested")]
mod group;

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    task::{Context, Poll, Wake, Waker},
};

use group::{Boxed, Group, join, next, select};
use handcrank::{generator, yield_};

#[derive(Default)]
struct CountedWaker(AtomicUsize);

impl Wake for CountedWaker {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

/// Waits until `done`, and counts its polls.
#[generator]
fn waits<'a>(
    #[resume] mut cx: &mut Context<'_>,
    number: usize,
    polls: &'a Cell<usize>,
    wakers: &'a RefCell<Vec<Waker>>,
    done: &'a Cell<bool>,
) -> impl Future<Output = usize> {
    loop {
        polls.set(polls.get() + 1);
        if done.get() {
            return number;
        }
        wakers.borrow_mut().push(cx.waker().clone());
        cx = yield_!();
    }
}

const COUNT: usize = 10_000;

struct Log {
    polls: Cell<usize>,
    wakers: RefCell<Vec<Waker>>,
    done: Vec<Cell<bool>>,
}

impl Log {
    fn new() -> Self {
        Log {
            polls: Cell::new(0),
            wakers: RefCell::default(),
            done: vec![Cell::new(false); COUNT],
        }
    }
    #[generator]
    async fn child(&self, number: usize) -> usize {
        waits(number, &self.polls, &self.wakers, &self.done[number]).await
    }
    fn wake(&self, number: usize) {
        self.done[number].set(true);
        self.wakers.borrow()[number].wake_by_ref();
    }
}

#[test]
fn only_woken_members_are_polled() {
    let log = Log::new();
    let counted = Arc::new(CountedWaker::default());
    let waker = Waker::from(Arc::clone(&counted));
    let mut cx = Context::from_waker(&waker);
    let group = Group::new();
    for number in 0..COUNT {
        group.add(Box::pin(log.child(number)));
    }
    let mut first = pin!(next(&group));
    assert_eq!(first.as_mut().poll(&mut cx), Poll::Pending);
    assert_eq!(log.polls.get(), COUNT);
    assert_eq!(counted.0.load(SeqCst), 0);
    // Polled without a wake, it polls nobody.
    assert_eq!(first.as_mut().poll(&mut cx), Poll::Pending);
    assert_eq!(log.polls.get(), COUNT);
    // One is woken, twice: one wake, one poll.
    log.wake(1234);
    log.wake(1234);
    assert_eq!(counted.0.load(SeqCst), 1);
    assert_eq!(
        first.as_mut().poll(&mut cx),
        Poll::Ready(Some((1234, 1234)))
    );
    assert_eq!(log.polls.get(), COUNT + 1);
    // Woken after its end, it is not missed.
    log.wake(1234);
    assert_eq!(pin!(next(&group)).poll(&mut cx), Poll::Pending);
    assert_eq!(log.polls.get(), COUNT + 1);
}

#[test]
fn joined_and_selected() {
    let log = Log::new();
    let mut cx = Context::from_waker(Waker::noop());
    let children = |range: std::ops::Range<usize>| -> Vec<Boxed<'_, usize>> {
        range
            .map(|number| Box::pin(log.child(number)) as Boxed<'_, usize>)
            .collect()
    };
    let mut joined = pin!(join(children(0..3)));
    let mut selected = Box::pin(select(children(3..6)));
    assert_eq!(joined.as_mut().poll(&mut cx), Poll::Pending);
    assert_eq!(selected.as_mut().poll(&mut cx), Poll::Pending);
    for number in [2, 0, 5] {
        log.wake(number);
        assert_eq!(joined.as_mut().poll(&mut cx), Poll::Pending);
    }
    log.wake(1);
    assert_eq!(joined.as_mut().poll(&mut cx), Poll::Ready(vec![0, 1, 2]));
    assert_eq!(selected.as_mut().poll(&mut cx), Poll::Ready(Some(5)));
    assert_eq!(log.polls.get(), 6 + 4);
    let none: Vec<Boxed<'_, usize>> = vec![];
    assert_eq!(pin!(select(none)).poll(&mut cx), Poll::Ready(None));
}
