//! What happens when a machine is used after its end, or after a panic.

use std::pin::{Pin, pin};
use std::task::Poll;

use futures_util::future::FusedFuture;
use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_, yield_from};
use handcrank_tests::{Log, Logged, Pause, panic_message, poll};

#[generator]
fn once(log: Log) -> impl Generator<Yield = u32, Return = &'static str> {
    let _value = log.value("value");
    yield_!(1);
    "end"
}

#[generator]
fn takes_values(#[resume] first: Logged) -> impl Generator<Logged, Yield = &'static str> {
    yield_!(first.name());
}

#[generator]
fn fails(log: Log, when: u32) -> impl Generator<Yield = u32> {
    let _outer = log.value("outer");
    for n in 0.. {
        let _turn = log.value("turn");
        assert!(n != when, "failed at {n}");
        yield_!(n);
    }
}

#[generator]
fn fails_on_values(
    #[resume] first: Logged,
    log: Log,
) -> impl Generator<Logged, Yield = &'static str> {
    let _local = log.value("local");
    let second = yield_!(first.name());
    panic!("no {}", second.name());
}

#[generator]
fn movable(when: u32) -> impl Generator<Yield = u32> + Unpin {
    for n in 0..3 {
        assert_ne!(n, when);
        yield_!(n);
    }
}

#[generator]
fn iterator(log: Log, when: u32) -> impl Iterator<Item = u32> {
    let _value = log.value("value");
    for n in 0..3 {
        assert!(n != when, "iterator failed");
        yield_!(n);
    }
}

#[generator]
fn boxed_iterator(when: u32) -> Box<dyn Iterator<Item = u32>> {
    for n in 0..3 {
        assert!(n != when, "boxed iterator failed");
        yield_!(n);
    }
}

#[allow(
    clippy::implied_bounds_in_impls,
    reason = "the macro reads the first bound"
)]
#[generator]
fn future(log: Log, fail: bool) -> impl Future<Output = u32> + FusedFuture {
    let _value = log.value("value");
    Pause(1).await;
    assert!(!fail, "future failed");
    7
}

#[generator]
fn delegates(log: Log) -> impl Generator<Yield = u32> {
    let _here = log.value("delegating");
    yield_from!(fails(log.clone(), 1));
}

const COMPLETED: &str = "generator resumed after completion";
const PANICKED: &str = "generator resumed after panicking";

#[test]
fn resuming_after_completion_panics() {
    let log = Log::default();
    let mut machine = Box::pin(once(log.clone()));
    assert_eq!(machine.as_mut().resume(()), Yielded(1));
    assert_eq!(machine.as_mut().resume(()), Complete("end"));
    assert_eq!(log.take(), ["value"]);
    for _ in 0..3 {
        assert_eq!(panic_message(|| machine.as_mut().resume(())), COMPLETED);
    }
    drop(machine);
    assert!(log.take().is_empty(), "nothing is dropped twice");
}

#[test]
fn resuming_a_movable_machine_after_completion_panics() {
    let mut machine = movable(9);
    while let Yielded(_) = Pin::new(&mut machine).resume(()) {}
    assert_eq!(
        panic_message(|| Pin::new(&mut machine).resume(())),
        COMPLETED
    );
}

#[test]
fn a_refused_argument_is_dropped() {
    let log = Log::default();
    let mut machine = Box::pin(takes_values());
    assert_eq!(
        machine.as_mut().resume(log.value("first")),
        Yielded("first")
    );
    assert_eq!(machine.as_mut().resume(log.value("second")), Complete(()));
    assert_eq!(log.take(), ["second", "first"]);
    assert_eq!(
        panic_message(|| machine.as_mut().resume(log.value("third"))),
        COMPLETED
    );
    assert_eq!(log.take(), ["third"]);
}

#[test]
fn a_panic_drops_everything_once_and_poisons() {
    let log = Log::default();
    let mut machine = Box::pin(fails(log.clone(), 2));
    assert_eq!(machine.as_mut().resume(()), Yielded(0));
    assert_eq!(machine.as_mut().resume(()), Yielded(1));
    assert_eq!(log.take(), ["turn"]);
    assert_eq!(panic_message(|| machine.as_mut().resume(())), "failed at 2");
    assert_eq!(log.take(), ["turn", "turn", "outer"]);
    for _ in 0..3 {
        assert_eq!(panic_message(|| machine.as_mut().resume(())), PANICKED);
    }
    drop(machine);
    assert!(log.take().is_empty(), "nothing is dropped twice");
}

#[test]
fn a_panic_in_the_first_resumption() {
    let log = Log::default();
    let mut machine = Box::pin(fails(log.clone(), 0));
    assert_eq!(panic_message(|| machine.as_mut().resume(())), "failed at 0");
    assert_eq!(log.take(), ["turn", "outer"]);
    assert_eq!(panic_message(|| machine.as_mut().resume(())), PANICKED);
    drop(machine);
    assert!(log.take().is_empty());
}

#[test]
fn a_panic_drops_the_arguments() {
    let log = Log::default();
    let mut machine = Box::pin(fails_on_values(log.clone()));
    assert_eq!(
        machine.as_mut().resume(log.value("first")),
        Yielded("first")
    );
    assert_eq!(
        panic_message(|| machine.as_mut().resume(log.value("second"))),
        "no second"
    );
    assert_eq!(log.take(), ["second", "local", "first"]);
    assert_eq!(
        panic_message(|| machine.as_mut().resume(log.value("third"))),
        PANICKED
    );
    assert_eq!(log.take(), ["third"]);
}

#[test]
fn a_movable_machine_is_poisoned_wherever_it_moves() {
    let mut machine = movable(0);
    assert!(panic_message(|| Pin::new(&mut machine).resume(())).contains("left"));
    let mut moved = *Box::new(machine);
    assert_eq!(panic_message(|| Pin::new(&mut moved).resume(())), PANICKED);
}

#[test]
fn iterators_end_for_ever_but_a_panic_poisons_them() {
    let log = Log::default();
    let mut finished = iterator(log.clone(), 9);
    assert_eq!(finished.by_ref().count(), 3);
    assert_eq!(log.take(), ["value"]);
    assert_eq!((finished.next(), finished.next()), (None, None));
    drop(finished);
    assert!(log.take().is_empty());

    let mut poisoned = iterator(log.clone(), 1);
    assert_eq!(poisoned.next(), Some(0));
    assert_eq!(panic_message(|| poisoned.next()), "iterator failed");
    assert_eq!(log.take(), ["value"]);
    for _ in 0..2 {
        assert_eq!(
            panic_message(|| poisoned.next()),
            "iterator advanced after panicking"
        );
    }
    drop(poisoned);
    assert!(log.take().is_empty());
}

#[test]
fn boxed_iterators_do_the_same() {
    let mut finished = boxed_iterator(9);
    assert_eq!(finished.by_ref().count(), 3);
    assert_eq!((finished.next(), finished.next()), (None, None));
    let mut poisoned = boxed_iterator(0);
    assert_eq!(panic_message(|| poisoned.next()), "boxed iterator failed");
    assert_eq!(
        panic_message(|| poisoned.next()),
        "iterator advanced after panicking"
    );
}

#[test]
fn futures_say_what_rustcs_say() {
    let log = Log::default();
    let mut done = Box::pin(future(log.clone(), false));
    assert!(!done.is_terminated());
    assert_eq!(poll(done.as_mut()), Poll::Pending);
    assert_eq!(poll(done.as_mut()), Poll::Ready(7));
    assert!(done.is_terminated());
    for _ in 0..2 {
        assert_eq!(
            panic_message(|| poll(done.as_mut())),
            "`async fn` resumed after completion"
        );
    }
    let mut failed = Box::pin(future(log.clone(), true));
    assert_eq!(poll(failed.as_mut()), Poll::Pending);
    assert_eq!(panic_message(|| poll(failed.as_mut())), "future failed");
    for _ in 0..2 {
        assert_eq!(
            panic_message(|| poll(failed.as_mut())),
            "`async fn` resumed after panicking"
        );
    }
    assert!(failed.is_terminated());
    assert_eq!(log.take(), ["value", "value"]);
}

#[test]
fn a_panic_inside_a_delegate_poisons_the_outer_machine() {
    let log = Log::default();
    let mut machine = Box::pin(delegates(log.clone()));
    assert_eq!(machine.as_mut().resume(()), Yielded(0));
    assert_eq!(panic_message(|| machine.as_mut().resume(())), "failed at 1");
    assert_eq!(log.take(), ["turn", "turn", "outer", "delegating"]);
    assert_eq!(panic_message(|| machine.as_mut().resume(())), PANICKED);
}

#[test]
fn a_fused_generator_may_be_resumed_for_ever() {
    let log = Log::default();
    let mut machine = pin!(once(log.clone()).fuse());
    assert_eq!(machine.as_mut().resume(()), Yielded(1));
    assert_eq!(machine.as_mut().resume(()), Complete(Some("end")));
    assert_eq!(machine.as_mut().resume(()), Complete(None));
    assert_eq!(log.take(), ["value"]);
}

#[test]
fn dropping_while_another_panic_unwinds_is_safe() {
    let log = Log::default();
    let message = panic_message(|| {
        let mut machine = Box::pin(fails(log.clone(), 9));
        assert_eq!(machine.as_mut().resume(()), Yielded(0));
        panic!("elsewhere");
    });
    assert_eq!(message, "elsewhere");
    assert_eq!(log.take(), ["turn", "outer"]);
}

#[generator]
fn asserts(limit: u32) -> impl Generator<Yield = u32> {
    let count = limit + 1;
    yield_!(count);
    assert!(count < 2);
    yield_!(dbg!(count));
}

#[test]
fn an_assertion_says_what_the_user_wrote() {
    let mut asserts = pin!(asserts(2));
    assert_eq!(
        asserts.as_mut().resume(()),
        handcrank::GeneratorState::Yielded(3)
    );
    let payload =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| asserts.as_mut().resume(())))
            .unwrap_err();
    assert_eq!(
        payload.downcast_ref::<&str>(),
        Some(&"assertion failed: count < 2")
    );
}
