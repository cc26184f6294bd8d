//! What is handed in: `#[resume]`, owned and borrowed arguments, and their drops.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::pin::{Pin, pin};

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Log, Logged, implements, run_with};

#[generator]
fn sum(
    #[resume] first: u32,
    limit: u32,
) -> impl Generator<u32, Yield = u32, Return = &'static str> {
    let mut total = first;
    while total < limit {
        total += yield_!(total);
    }
    "full"
}

#[generator]
fn ignored(#[resume] _: u32) -> impl Generator<u32, Yield = u32> {
    let second = yield_!(0);
    yield_!(second);
}

#[generator]
fn by_pattern(
    #[resume] (mut a, b): (u32, &'static str),
) -> impl Generator<(u32, &'static str), Yield = String> {
    loop {
        a += 1;
        let (next, text) = yield_!(format!("{a}{b}"));
        if text.is_empty() {
            break;
        }
        a = next;
    }
}

#[generator]
fn optional(
    #[resume] mut input: Option<String>,
    log: Log,
) -> impl Generator<Option<String>, Yield = usize, Return = Vec<String>> {
    let _held = log.value("held");
    let mut all = vec![];
    while let Some(text) = input {
        let len = text.len();
        all.push(text);
        input = yield_!(len);
    }
    all
}

#[test]
fn the_first_argument_starts_it() {
    let mut machine = pin!(sum(10));
    assert_eq!(machine.as_mut().resume(1), Yielded(1));
    assert_eq!(machine.as_mut().resume(5), Yielded(6));
    assert_eq!(machine.as_mut().resume(5), Complete("full"));
    assert_eq!(pin!(sum(10)).as_mut().resume(11), Complete("full"));
}

#[test]
fn the_marked_parameter_is_not_passed() {
    let make: fn(u32) -> _ = sum;
    assert_eq!(run_with(make(4), |_| 2), (vec![2], "full"));
    assert_eq!(run_with(ignored(), |n| n as u32 + 5), (vec![0, 6], ()));
    let arguments = [(1, "x"), (5, "y"), (9, "")];
    assert_eq!(run_with(by_pattern(), |n| arguments[n]).0, ["2x", "6x"]);
}

#[test]
fn owned_arguments_move_in() {
    let log = Log::default();
    let inputs = [Some("a"), Some("bc"), None];
    let (lengths, all) = run_with(optional(log.clone()), |n| inputs[n].map(str::to_owned));
    assert_eq!(
        (lengths, all),
        (vec![1, 2], vec!["a".to_owned(), "bc".to_owned()])
    );
    assert_eq!(log.take(), ["held"]);
}

// ------------------------------------------------------------------------------ drops

#[generator]
fn holds(#[resume] first: Logged, log: Log) -> impl Generator<Logged, Yield = &'static str> {
    let _local = log.value("local");
    let second = yield_!(first.name());
    let _ = yield_!(second.name());
    drop(yield_!("third was dropped"));
}

#[test]
fn arguments_drop_where_their_binding_does() {
    let log = Log::default();
    let mut machine = Box::pin(holds(log.clone()));
    assert_eq!(
        machine.as_mut().resume(log.value("first")),
        Yielded("first")
    );
    assert_eq!(
        machine.as_mut().resume(log.value("second")),
        Yielded("second")
    );
    assert!(log.take().is_empty());
    assert_eq!(
        machine.as_mut().resume(log.value("third")),
        Yielded("third was dropped")
    );
    assert_eq!(log.take(), ["third"]);
    assert_eq!(machine.as_mut().resume(log.value("fourth")), Complete(()));
    assert_eq!(log.take(), ["fourth", "second", "local", "first"]);
}

#[test]
fn arguments_drop_with_the_machine() {
    let log = Log::default();
    let mut machine = Box::pin(holds(log.clone()));
    assert_eq!(
        machine.as_mut().resume(log.value("first")),
        Yielded("first")
    );
    assert_eq!(
        machine.as_mut().resume(log.value("second")),
        Yielded("second")
    );
    drop(machine);
    assert_eq!(log.take(), ["second", "local", "first"]);
}

// ------------------------------------------------------------------------------ borrowed and generic

#[generator]
fn kept<'a>(
    #[resume] first: &'a str,
) -> impl Generator<&'a str, Yield = usize, Return = Vec<&'a str>> {
    let mut all = vec![first];
    while all.len() < 3 {
        let next = yield_!(all.len());
        all.push(next);
    }
    all
}

#[test]
fn an_argument_with_a_named_lifetime_may_be_kept() {
    let text = String::from("a b c");
    let words: Vec<&str> = text.split(' ').collect();
    assert_eq!(
        run_with(kept(), |n| words[n]),
        (vec![1, 2], vec!["a", "b", "c"])
    );
}

#[generator]
fn generic<T: Copy + Into<u64>>(
    #[resume] first: T,
) -> impl Generator<T, Yield = u64> + Unpin + Send2 {
    let mut sum = first.into();
    loop {
        let next = yield_!(sum);
        sum += next.into();
        if sum > 100 {
            return;
        }
    }
}

/// Holds for everything.
trait Send2 {}
impl<T> Send2 for T {}

#[test]
fn generic_arguments() {
    let mut machine = generic::<u8>();
    assert!(implements!(machine, Unpin));
    assert_eq!(Pin::new(&mut machine).resume(50), Yielded(50));
    assert_eq!(Pin::new(&mut machine).resume(50), Yielded(100));
    assert_eq!(Pin::new(&mut machine).resume(1), Complete(()));
}
