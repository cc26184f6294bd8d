//! What the macro still rejects or gets wrong at compile time. Each moves to the file of its theme once it
//! works; `cargo test --test pending` says nothing until the next line goes.
#![cfg(any())]

use std::ops::Deref;
use std::pin::{Pin, pin};
use std::rc::Rc;

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Log, Logged, Pause, block_on, implements, run};

// ------------------------------------------------------------------------------ arguments with elided lifetimes

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

// ------------------------------------------------------------------------------ parts of `self` that are moved

struct Ring<T, const N: usize> {
    items: [T; N],
    guard: Logged,
}

impl<T, const N: usize> Ring<T, N> {
    #[generator]
    fn mapped<U>(self, map: impl Fn(T) -> U) -> impl Generator<Yield = U, Return = &'static str>
    where
        U: Deref<Target = str>,
    {
        for item in self.items {
            let mapped = map(item);
            yield_!(mapped);
        }
        self.guard.name()
    }
}

#[test]
fn fields_of_self_are_moved() {
    let log = Log::default();
    let ring = || Ring {
        items: [1, 2, 3],
        guard: log.value("guard"),
    };
    let (yielded, name) = run(ring().mapped(|n| "x".repeat(n)));
    assert_eq!((yielded.concat().as_str(), name), ("xxxxxx", "guard"));
    assert_eq!(log.take(), ["guard"]);
    let mut machine = Box::pin(ring().mapped(|n| "x".repeat(n)));
    assert_eq!(machine.as_mut().resume(()), Yielded("x".to_owned()));
    drop(machine);
    assert_eq!(log.take(), ["guard"]);
}

// ------------------------------------------------------------------------------ `#[cfg]` on parameters

#[generator]
fn configured_parameters(
    #[allow(unused_variables)] unused: u32,
    #[cfg(any())] absent: NoSuchType,
    #[cfg(all())] present: u32,
    #[allow(unused_mut)] mut also: u32,
) -> impl Generator<Yield = u32> {
    yield_!(present);
    yield_!(also);
}

#[test]
fn parameters_come_and_go() {
    assert_eq!(run(configured_parameters(0, 1, 2)).0, [1, 2]);
}

// ------------------------------------------------------------------------------ `async` blocks

#[generator]
async fn awaits_what_is_not_send() -> u32 {
    let pause = async {
        let shared = Rc::new(1);
        Pause(1).await;
        *shared
    };
    pause.await
}

#[test]
fn awaited_blocks_count() {
    let future = awaits_what_is_not_send();
    assert!(!implements!(future, Send));
    assert!(!implements!(future, Sync));
    assert_eq!(block_on(future), (1, 1));
}

#[generator]
async fn awaits_a_moving_block(n: u32) -> u32 {
    let rustcs = async move {
        Pause(n).await;
        n + n
    };
    rustcs.await + 1
}

#[test]
fn a_moving_block_takes_its_locals() {
    assert_eq!(block_on(awaits_a_moving_block(2)), (2, 5));
}
