//! When a machine polls what, and with which waker.
#![allow(missing_docs, reason = "tests")]

use std::{
    cell::RefCell,
    future::Future,
    pin::{Pin, pin},
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, RawWaker, RawWakerVTable, Wake, Waker},
};

use futures::{
    FutureExt, StreamExt,
    future::FusedFuture,
    stream::{FuturesUnordered, Stream},
};
use handcrank::{generator, yield_};

/// How often a waker has been cloned, woken and dropped.
#[derive(Default)]
struct Counts {
    cloned: AtomicUsize,
    woken: AtomicUsize,
    dropped: AtomicUsize,
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(
    |data| {
        counts(data).cloned.fetch_add(1, Ordering::SeqCst);
        RawWaker::new(data, &VTABLE)
    },
    |data| {
        counts(data).woken.fetch_add(1, Ordering::SeqCst);
        counts(data).dropped.fetch_add(1, Ordering::SeqCst);
    },
    |data| {
        counts(data).woken.fetch_add(1, Ordering::SeqCst);
    },
    |data| {
        counts(data).dropped.fetch_add(1, Ordering::SeqCst);
    },
);

fn counts<'a>(data: *const ()) -> &'a Counts {
    // SAFETY: the data of these wakers are counts that are never freed: see `counting`.
    unsafe { &*data.cast() }
}

fn counting() -> (&'static Counts, Waker) {
    let counts: &'static Counts = Box::leak(Box::default());
    let data = std::ptr::from_ref(counts).cast();
    // SAFETY: the functions of the table do nothing but count, which any thread may do.
    (counts, unsafe {
        Waker::from_raw(RawWaker::new(data, &VTABLE))
    })
}

/// A child: notes each poll, keeps the waker, and is ready when it is told so.
#[derive(Clone, Default)]
struct Gate(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    polls: usize,
    open: bool,
    waker: Option<Waker>,
}

impl Gate {
    fn polls(&self) -> usize {
        self.0.borrow().polls
    }
    fn open(&self) {
        let mut state = self.0.borrow_mut();
        state.open = true;
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }
}

impl Future for Gate {
    type Output = ();
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.borrow_mut();
        state.polls += 1;
        if state.open {
            return Poll::Ready(());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

#[generator]
fn two(first: Gate, second: Gate) -> impl Future<Output = u32> + FusedFuture {
    first.await;
    second.await;
    7
}

#[test]
fn polls_exactly_the_child_it_waits_for() {
    let (first, second) = (Gate::default(), Gate::default());
    let mut machine = pin!(two(first.clone(), second.clone()));
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(
        (first.polls(), second.polls()),
        (0, 0),
        "not polled when made"
    );
    for polls in 1..4 {
        assert!(machine.as_mut().poll(&mut context).is_pending());
        assert_eq!((first.polls(), second.polls()), (polls, 0));
    }
    first.open();
    assert!(machine.as_mut().poll(&mut context).is_pending());
    assert_eq!((first.polls(), second.polls()), (4, 1));
    assert!(machine.as_mut().poll(&mut context).is_pending());
    assert_eq!((first.polls(), second.polls()), (4, 2));
    second.open();
    assert_eq!(machine.as_mut().poll(&mut context), Poll::Ready(7));
    assert_eq!((first.polls(), second.polls()), (4, 3));
}

#[test]
fn the_waker_is_passed_through_and_may_change() {
    let (first, second) = (Gate::default(), Gate::default());
    let mut machine = pin!(two(first.clone(), second.clone()));
    let (one, waker) = counting();
    let (other, other_waker) = counting();
    assert!(
        machine
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
            .is_pending()
    );
    assert!(first.0.borrow().waker.as_ref().unwrap().will_wake(&waker));
    assert_eq!(one.cloned.load(Ordering::SeqCst), 1, "by the child alone");
    assert!(
        machine
            .as_mut()
            .poll(&mut Context::from_waker(&other_waker))
            .is_pending()
    );
    assert!(
        first
            .0
            .borrow()
            .waker
            .as_ref()
            .unwrap()
            .will_wake(&other_waker)
    );
    assert_eq!(one.dropped.load(Ordering::SeqCst), 1);
    first.open();
    assert_eq!(one.woken.load(Ordering::SeqCst), 0);
    assert_eq!(other.woken.load(Ordering::SeqCst), 1);
    assert!(
        machine
            .as_mut()
            .poll(&mut Context::from_waker(&other_waker))
            .is_pending()
    );
    second.open();
    assert_eq!(other.woken.load(Ordering::SeqCst), 2);
    assert!(
        machine
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
            .is_ready()
    );
    drop((waker, other_waker));
    assert_eq!(
        one.cloned.load(Ordering::SeqCst) + 1,
        one.dropped.load(Ordering::SeqCst)
    );
    assert_eq!(
        other.cloned.load(Ordering::SeqCst) + 1,
        other.dropped.load(Ordering::SeqCst)
    );
}

struct Flag(AtomicUsize);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn no_wake_is_lost_and_none_is_made_up() {
    let flag = Arc::new(Flag(AtomicUsize::new(0)));
    let waker = Waker::from(flag.clone());
    let (first, second) = (Gate::default(), Gate::default());
    let mut machine = Box::pin(two(first.clone(), second.clone()));
    let mut context = Context::from_waker(&waker);
    for (gate, wakes) in [(&first, 1), (&second, 2)] {
        assert!(machine.as_mut().poll(&mut context).is_pending());
        assert_eq!(flag.0.load(Ordering::SeqCst), wakes - 1);
        gate.open();
        assert_eq!(flag.0.load(Ordering::SeqCst), wakes);
    }
    assert!(machine.as_mut().poll(&mut context).is_ready());
    drop(machine);
    assert_eq!(
        Arc::strong_count(&flag),
        2,
        "the flag and our waker are all that is left"
    );
}

#[test]
fn finished() {
    let mut machine = Box::pin(two(Gate::default(), Gate::default()));
    assert!(!machine.is_terminated());
    let (first, second) = (Gate::default(), Gate::default());
    first.open();
    second.open();
    machine.set(two(first, second));
    assert_eq!(machine.as_mut().now_or_never(), Some(7));
    assert!(machine.is_terminated());
    let again = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        machine.as_mut().now_or_never()
    }));
    let message = again.expect_err("it panics");
    let message = message.downcast_ref::<&str>().expect("a message");
    assert!(message.contains("completion"), "{message}");
}

/// One of many.
#[generator]
async fn child(number: usize, gate: Gate, polls: Rc<RefCell<usize>>) -> usize {
    *polls.borrow_mut() += 1;
    gate.await;
    number
}

#[test]
fn one_of_ten_thousand_wakes() {
    let polls = Rc::new(RefCell::new(0));
    let gates: Vec<Gate> = (0..10_000).map(|_| Gate::default()).collect();
    let mut children: FuturesUnordered<_> = gates
        .iter()
        .enumerate()
        .map(|(number, gate)| child(number, gate.clone(), polls.clone()))
        .collect();
    assert_eq!(children.next().now_or_never(), None);
    // It lets others run in between: poll until every child has been polled.
    while *polls.borrow() < gates.len() {
        assert_eq!(children.next().now_or_never(), None);
    }
    let total = |gates: &[Gate]| gates.iter().map(Gate::polls).sum::<usize>();
    assert_eq!(total(&gates), 10_000);
    gates[4321].open();
    assert_eq!(children.next().now_or_never(), Some(Some(4321)));
    assert_eq!(total(&gates), 10_001);
    assert_eq!(gates[4321].polls(), 2);
}

/// A stream that awaits between its items.
#[generator]
fn gated(gates: Vec<Gate>) -> impl Stream<Item = usize> {
    for (number, gate) in gates.into_iter().enumerate() {
        gate.await;
        yield_!(number);
    }
}

#[test]
fn a_stream_polls_the_child_it_waits_for() {
    let gates = vec![Gate::default(), Gate::default()];
    let mut stream = pin!(gated(gates.clone()));
    assert_eq!(stream.next().now_or_never(), None);
    assert_eq!((gates[0].polls(), gates[1].polls()), (1, 0));
    gates[0].open();
    assert_eq!(stream.next().now_or_never(), Some(Some(0)));
    assert_eq!((gates[0].polls(), gates[1].polls()), (2, 0));
    gates[1].open();
    assert_eq!(stream.next().now_or_never(), Some(Some(1)));
    assert_eq!(stream.next().now_or_never(), Some(None));
    assert_eq!(stream.next().now_or_never(), Some(None));
    assert_eq!((gates[0].polls(), gates[1].polls()), (2, 1));
}
