//! `yield_from!`: iterators, generators, boxed ones, and their drops.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::collections::BTreeMap;
use std::pin::{Pin, pin};

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_, yield_from};
use handcrank_tests::{Log, implements, run, run_with};

#[generator]
fn inner(log: Log, n: u32) -> impl Generator<Yield = u32, Return = &'static str> {
    let value = log.value("inner");
    for i in 0..n {
        yield_!(i);
    }
    value.name()
}

#[generator]
fn outer(log: Log) -> impl Generator<Yield = u32, Return = String> {
    let value = log.value("outer");
    let first = yield_from!(inner(log.clone(), 2));
    yield_!(100);
    let second = yield_from!(inner(log.clone(), 0));
    format!("{first} {second} {}", value.name())
}

#[generator]
fn iterables(list: Vec<u32>) -> impl Generator<Yield = u32> {
    yield_from!(0..2);
    yield_from!([7, 8]);
    yield_from!(list.iter().copied().filter(|n| n % 2 == 0));
    let unit: () = yield_from!(list);
    yield_from!(Some(99));
    unit
}

#[generator]
fn flattened<'a>(groups: &'a BTreeMap<u32, Vec<String>>) -> impl Iterator<Item = &'a str> {
    for group in groups.values() {
        yield_from!(group.iter().map(String::as_str));
    }
}

#[generator]
fn depth_first(n: u32) -> Box<dyn Iterator<Item = u32>> {
    yield_!(n);
    if n > 0 {
        yield_from!(depth_first(n - 1));
        yield_from!(depth_first(n / 2));
    }
}

#[generator]
fn pinned_delegates(n: u32) -> Pin<Box<dyn Generator<Yield = u32, Return = u32>>> {
    if n == 0 {
        return 1;
    }
    yield_!(n);
    yield_from!(pinned_delegates(n - 1)) + yield_from!(pinned_delegates(n - 1))
}

#[generator]
fn echo(#[resume] first: u32, times: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
    let mut last = first;
    for _ in 0..times {
        last = yield_!(last * 10);
    }
    last
}

#[generator]
fn arguments_pass_through(#[resume] first: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
    let last = yield_from!(echo(2), first);
    let last = yield_from!(echo(1), last + 1000);
    yield_from!([1, 2], last);
    last
}

#[generator]
fn movable(n: u32) -> impl Generator<Yield = u32, Return = u32> + Unpin {
    let mut sum = 0;
    for i in 0..n {
        sum += yield_from!(halves(i));
    }
    sum
}

#[generator]
fn halves(mut n: u32) -> impl Generator<Yield = u32, Return = u32> + Unpin {
    let start = n;
    while n > 0 {
        yield_!(n);
        n /= 2;
    }
    start
}

#[generator]
fn already_started() -> impl Generator<Yield = u32, Return = u32> {
    let mut machine = halves(8);
    let Yielded(first) = Pin::new(&mut machine).resume(()) else {
        return 0;
    };
    yield_!(first * 100);
    yield_from!(&mut machine) + yield_from!(Box::new(halves(1))) + yield_from!(pin!(halves(3)))
}

#[test]
fn generators_run_in_place_and_return() {
    let log = Log::default();
    let (yielded, end) = run(outer(log.clone()));
    assert_eq!(
        (yielded, end.as_str()),
        (vec![0, 1, 100], "inner inner outer")
    );
    assert_eq!(log.take(), ["inner", "inner", "outer"]);
}

#[test]
fn dropping_drops_the_delegate_first() {
    let log = Log::default();
    let mut machine = Box::pin(outer(log.clone()));
    assert_eq!(machine.as_mut().resume(()), Yielded(0));
    drop(machine);
    assert_eq!(log.take(), ["inner", "outer"]);
    let mut machine = Box::pin(outer(log.clone()));
    for n in [0, 1, 100] {
        assert_eq!(machine.as_mut().resume(()), Yielded(n));
    }
    assert_eq!(log.take(), ["inner"]);
    drop(machine);
    assert_eq!(log.take(), ["outer"]);
}

#[test]
fn iterators_are_delegates() {
    assert_eq!(run(iterables(vec![4, 5])).0, [0, 1, 7, 8, 4, 4, 5, 99]);
    let groups = BTreeMap::from([
        (1, vec!["a".to_owned(), "b".to_owned()]),
        (2, vec![]),
        (3, vec!["c".to_owned()]),
    ]);
    assert_eq!(flattened(&groups).collect::<String>(), "abc");
}

#[test]
fn recursion_through_boxes() {
    assert_eq!(depth_first(2).collect::<Vec<_>>(), [2, 1, 0, 0, 1, 0, 0]);
    let (yielded, leaves) = run(pinned_delegates(3));
    assert_eq!((yielded, leaves), (vec![3, 2, 1, 1, 2, 1, 1], 8));
}

#[test]
fn arguments_reach_the_delegate() {
    let mut machine = pin!(arguments_pass_through());
    assert_eq!(machine.as_mut().resume(1), Yielded(10));
    assert_eq!(machine.as_mut().resume(2), Yielded(20));
    assert_eq!(machine.as_mut().resume(3), Yielded(10_030));
    assert_eq!(machine.as_mut().resume(4), Yielded(1));
    assert_eq!(machine.as_mut().resume(5), Yielded(2));
    assert_eq!(machine.as_mut().resume(6), Complete(4));
    assert_eq!(run_with(arguments_pass_through(), |n| n as u32).0.len(), 5);
}

#[test]
fn movable_delegates_in_a_movable_machine() {
    let machine = movable(4);
    assert!(implements!(machine, Unpin));
    assert_eq!(run(machine), (vec![1, 2, 1, 3, 1], 6));
    assert_eq!(run(already_started()), (vec![800, 4, 2, 1, 1, 3, 1], 12));
}
