//! What is handed in: `#[resume]`, owned and borrowed arguments, and their drops.

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

// ------------------------------------------------------------------------------ borrowed arguments

struct Context {
    calls: u32,
    names: Vec<String>,
}

#[generator]
fn fill(#[resume] first: &mut Vec<u8>) -> impl Generator<&mut Vec<u8>, Yield = usize> {
    first.push(1);
    let len = first.len();
    let next = yield_!(len);
    next.push(2);
    let len = next.len();
    let next = yield_!(len);
    next.clear();
}

#[generator]
fn visits(
    #[resume] mut context: &mut Context,
    rounds: u32,
) -> impl Generator<&mut Context, Yield = u32, Return = String> {
    let mut names = vec![];
    for round in 0..rounds {
        context.calls += round + 1;
        names.push(context.names[0].clone());
        let calls = context.calls;
        context = yield_!(calls);
    }
    context.names.extend(names);
    context.names.concat()
}

#[generator]
fn shared(#[resume] first: &str, suffix: String) -> impl Generator<&str, Yield = String> {
    let mut text = first.to_owned();
    for _ in 0..2 {
        text.push_str(&suffix);
        let shown = text.clone();
        let next = yield_!(shown);
        text = next.to_uppercase();
    }
}

#[generator]
fn nested_lifetime(
    #[resume] first: Option<&[u8]>,
) -> impl Generator<Option<&[u8]>, Yield = usize, Return = usize> {
    let mut total = first.map_or(0, <[u8]>::len);
    while let Some(bytes) = yield_!(total) {
        total += bytes.len();
    }
    total
}

#[test]
fn each_argument_may_live_shorter_than_the_machine() {
    let mut machine = pin!(fill());
    {
        let mut short = vec![];
        assert_eq!(machine.as_mut().resume(&mut short), Yielded(1));
        assert_eq!(short, [1]);
    }
    let mut other = vec![9];
    assert_eq!(machine.as_mut().resume(&mut other), Yielded(2));
    other.push(7);
    assert_eq!(machine.as_mut().resume(&mut other), Complete(()));
    assert!(other.is_empty());
}

#[test]
fn one_context_is_lent_again_and_again() {
    let mut context = Context {
        calls: 0,
        names: vec!["n".to_owned()],
    };
    let mut machine = Box::pin(visits(2));
    assert_eq!(machine.as_mut().resume(&mut context), Yielded(1));
    context.names[0].push('!');
    assert_eq!(machine.as_mut().resume(&mut context), Yielded(3));
    assert_eq!(
        machine.as_mut().resume(&mut context),
        Complete("n!nn!".to_owned())
    );
    assert_eq!(context.calls, 3);
    drop(visits(1));
}

#[test]
fn shared_and_nested_borrows() {
    let mut machine = pin!(shared("+".to_owned()));
    assert_eq!(
        machine.as_mut().resume(&String::from("a")),
        Yielded("a+".to_owned())
    );
    assert_eq!(
        machine.as_mut().resume(&String::from("b")),
        Yielded("B+".to_owned())
    );
    assert_eq!(machine.as_mut().resume("c"), Complete(()));
    let mut machine = pin!(nested_lifetime());
    assert_eq!(machine.as_mut().resume(Some(&vec![1, 2])), Yielded(2));
    assert_eq!(machine.as_mut().resume(Some(&[3])), Yielded(3));
    assert_eq!(machine.as_mut().resume(None), Complete(3));
}

#[test]
fn such_a_machine_takes_any_lifetime() {
    fn takes_any<G: for<'r> Generator<&'r mut Vec<u8>, Yield = usize, Return = ()>>(
        machine: G,
    ) -> G {
        machine
    }
    let mut machine = Box::pin(takes_any(fill()));
    assert_eq!(machine.as_mut().resume(&mut vec![]), Yielded(1));
    drop(machine);
}

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
