//! Resume arguments with lifetimes of their own.
#![allow(
    clippy::similar_names,
    clippy::type_complexity,
    reason = "types are written out, and names are short"
)]

use std::{
    cell::Cell,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use futures_util::Stream;
use handcrank::{Generator, GeneratorState, generator, yield_, yield_from};

#[generator]
fn fill(#[resume] first: &mut Vec<u8>) -> impl Generator<&mut Vec<u8>, Yield = usize> {
    first.push(1);
    let len = first.len();
    let next = yield_!(len);
    next.push(2);
}

#[test]
fn each_argument_has_a_lifetime() {
    let mut fill = pin!(fill());
    {
        let mut short = vec![];
        assert_eq!(fill.as_mut().resume(&mut short), GeneratorState::Yielded(1));
        assert_eq!(short, [1]);
    }
    let mut other = vec![9];
    assert_eq!(
        fill.as_mut().resume(&mut other),
        GeneratorState::Complete(())
    );
    assert_eq!(other, [9, 2]);
}

/// One local holds all arguments, one after another.
#[generator]
fn rounds(
    #[resume] first: &mut Vec<u8>,
    n: u8,
) -> impl Generator<&mut Vec<u8>, Yield = usize, Return = u8> + Unpin {
    let mut log = first;
    for i in 0..n {
        log.push(i);
        {
            let again = &mut *log;
            again.push(i);
        }
        log = yield_!(log.len());
    }
    log.clear();
    n
}

#[test]
fn one_local_holds_all() {
    let mut rounds = rounds(2);
    for i in 1..=2 {
        let mut log = vec![7; i];
        assert_eq!(
            Pin::new(&mut rounds).resume(&mut log),
            GeneratorState::Yielded(i + 2)
        );
    }
    let mut log = vec![7];
    assert_eq!(
        Pin::new(&mut rounds).resume(&mut log),
        GeneratorState::Complete(2)
    );
    assert_eq!(log, []);
}

struct Task<'a> {
    name: &'a str,
    log: &'a mut Vec<String>,
}

#[generator]
fn tasks(
    #[resume] mut task: Task<'_>,
    end: &str,
) -> impl Generator<Task<'_>, Yield = usize, Return = String> {
    while task.name != end {
        task.log.push(task.name.to_owned());
        task = yield_!(task.log.len());
    }
    task.name.to_uppercase()
}

#[test]
fn structs() {
    let mut log = vec![];
    let mut tasks = pin!(tasks("end"));
    for (i, name) in ["a", "b"].into_iter().enumerate() {
        let name = String::from(name);
        let task = Task {
            name: &name,
            log: &mut log,
        };
        assert_eq!(tasks.as_mut().resume(task), GeneratorState::Yielded(i + 1));
    }
    let mut other = vec![];
    let task = Task {
        name: "end",
        log: &mut other,
    };
    assert_eq!(
        tasks.as_mut().resume(task),
        GeneratorState::Complete("END".to_owned())
    );
    assert_eq!(log, ["a", "b"]);
}

#[generator]
fn pairs<T: Clone>(
    #[resume] (name, list): (&str, &mut Vec<T>),
    item: T,
) -> impl Generator<(&str, &mut Vec<T>), Yield = usize> {
    list.push(item.clone());
    let mut len = name.len();
    loop {
        let (name, list) = yield_!(len);
        if name.is_empty() {
            break;
        }
        list.push(item.clone());
        len = name.len() + list.len();
    }
}

#[test]
fn tuples() {
    let mut list = vec![];
    let mut pairs = pin!(pairs(&5));
    assert_eq!(
        pairs.as_mut().resume(("abc", &mut list)),
        GeneratorState::Yielded(3)
    );
    assert_eq!(
        pairs.as_mut().resume((&String::from("ab"), &mut list)),
        GeneratorState::Yielded(4)
    );
    assert_eq!(
        pairs.as_mut().resume(("", &mut vec![])),
        GeneratorState::Complete(())
    );
    assert_eq!(list, [&5, &5]);
}

#[generator]
fn boxed(#[resume] mut n: &mut u32) -> Box<dyn Generator<&mut u32, Yield = u32> + Unpin> {
    loop {
        *n += 1;
        n = yield_!(*n);
    }
}

#[generator]
fn recursive(
    #[resume] n: &mut u32,
    depth: u32,
) -> Pin<Box<dyn Generator<&mut u32, Yield = u32, Return = u32>>> {
    *n += depth;
    if depth == 0 {
        return *n;
    }
    let n = yield_!(depth);
    yield_from!(recursive(depth - 1), n) + 100
}

#[test]
fn boxes() {
    let mut boxed = boxed();
    for mut i in 0..3 {
        let before = i;
        assert_eq!(
            Pin::new(&mut boxed).resume(&mut i),
            GeneratorState::Yielded(before + 1)
        );
        assert_eq!(i, before + 1);
    }
    let mut recursive = recursive(2);
    let mut n = 0;
    assert_eq!(
        recursive.as_mut().resume(&mut n),
        GeneratorState::Yielded(2)
    );
    assert_eq!(
        recursive.as_mut().resume(&mut n),
        GeneratorState::Yielded(1)
    );
    assert_eq!(
        recursive.as_mut().resume(&mut n),
        GeneratorState::Complete(203)
    );
}

/// The argument goes to what is delegated to, and so do the following ones.
#[generator]
fn delegates(
    #[resume] first: &mut Vec<u8>,
) -> impl Generator<&mut Vec<u8>, Yield = usize, Return = u8> {
    first.push(40);
    let n = yield_from!(rounds(1), first);
    let log = yield_!(50);
    log.push(60);
    yield_from!([1, 2], log);
    n
}

#[test]
fn delegation() {
    let mut delegates = pin!(delegates());
    let mut log = vec![];
    assert_eq!(
        delegates.as_mut().resume(&mut log),
        GeneratorState::Yielded(3)
    );
    assert_eq!(log, [40, 0, 0]);
    assert_eq!(
        delegates.as_mut().resume(&mut log),
        GeneratorState::Yielded(50)
    );
    let mut other = vec![];
    assert_eq!(
        delegates.as_mut().resume(&mut other),
        GeneratorState::Yielded(1)
    );
    assert_eq!(other, [60]);
    assert_eq!(
        delegates.as_mut().resume(&mut vec![]),
        GeneratorState::Yielded(2)
    );
    assert_eq!(
        delegates.as_mut().resume(&mut vec![]),
        GeneratorState::Complete(1)
    );
}

struct Meter {
    total: u32,
}

impl Meter {
    #[generator]
    fn measure(&mut self, #[resume] mut n: &u32) -> impl Generator<&u32, Yield = u32> {
        loop {
            self.total += n;
            n = yield_!(self.total);
        }
    }
}

trait Measure {
    #[generator]
    fn measures<T: Into<u32> + Copy>(
        self,
        #[resume] n: &mut T,
    ) -> impl Generator<&mut T, Yield = u32>;
}

impl Measure for u32 {
    #[generator]
    fn measures<T: Into<u32> + Copy>(
        mut self,
        #[resume] mut n: &mut T,
    ) -> impl Generator<&mut T, Yield = u32> {
        loop {
            self += (*n).into();
            n = yield_!(self);
        }
    }
}

#[test]
fn methods() {
    let mut meter = Meter { total: 1 };
    {
        let mut measure = pin!(meter.measure());
        assert_eq!(measure.as_mut().resume(&2), GeneratorState::Yielded(3));
        assert_eq!(measure.as_mut().resume(&4), GeneratorState::Yielded(7));
    }
    assert_eq!(meter.total, 7);
    let mut measures = pin!(5_u32.measures());
    assert_eq!(
        measures.as_mut().resume(&mut 2_u8),
        GeneratorState::Yielded(7)
    );
}

/// What the user binds by hand is the same.
#[generator]
fn by_hand(#[resume] mut n: &mut u32) -> impl for<'r> Generator<&'r mut u32, Yield = u32> + Unpin {
    loop {
        n = yield_!(*n);
    }
}

/// Passed on to others that take any argument.
fn run(mut machine: impl for<'r> Generator<&'r mut u32, Yield = u32> + Unpin) -> u32 {
    let mut machine = Pin::new(&mut machine);
    let mut sum = 0;
    for mut n in [1, 2] {
        if let GeneratorState::Yielded(n) = machine.as_mut().resume(&mut n) {
            sum += n;
        }
    }
    sum
}

#[test]
fn higher_ranked() {
    assert_eq!(run(by_hand()), 3);
    assert_eq!(run(boxed()), 5);
}

#[generator]
fn wakes(
    #[resume] mut cx: &mut Context<'_>,
    n: u32,
) -> impl Generator<&mut Context<'_>, Return = u32> {
    for _ in 0..n {
        cx.waker().wake_by_ref();
        cx = yield_!();
    }
    let _ = cx;
    n
}

#[generator]
async fn pause(#[resume] cx: &mut Context<'_>) -> u32 {
    cx.waker().wake_by_ref();
    let cx = yield_!(());
    cx.waker().wake_by_ref();
    let _ = yield_!();
    7
}

#[generator]
fn poll_all<F: Future<Output = u32>>(
    #[resume] mut cx: &mut Context<'_>,
    futures: Vec<F>,
) -> impl Future<Output = u32> {
    let mut futures: Vec<Pin<Box<F>>> = futures.into_iter().map(Box::pin).collect();
    let mut sum = 0;
    while !futures.is_empty() {
        futures.retain_mut(|future| match future.as_mut().poll(cx) {
            Poll::Ready(n) => {
                sum += n;
                false
            }
            Poll::Pending => true,
        });
        cx = yield_!();
    }
    sum + pause().await
}

#[test]
fn contexts() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut wakes = pin!(wakes(1));
    assert_eq!(wakes.as_mut().resume(&mut cx), GeneratorState::Yielded(()));
    assert_eq!(wakes.as_mut().resume(&mut cx), GeneratorState::Complete(1));

    let mut pause_ = pin!(pause());
    assert_eq!(pause_.as_mut().poll(&mut cx), Poll::Pending);
    assert_eq!(pause_.as_mut().poll(&mut cx), Poll::Pending);
    assert_eq!(pause_.as_mut().poll(&mut cx), Poll::Ready(7));

    let mut all = pin!(poll_all(vec![pause(), pause()]));
    let mut polls = 0;
    let sum = loop {
        polls += 1;
        if let Poll::Ready(sum) = all.as_mut().poll(&mut cx) {
            break sum;
        }
    };
    assert_eq!((sum, polls), (21, 6));
}

/// A stream returns what its polls return.
#[generator]
fn every_other(#[resume] mut cx: &mut Context<'_>, n: u8) -> impl Stream<Item = u8> {
    for i in 0..n {
        cx.waker().wake_by_ref();
        let _ = yield_!(Poll::Pending);
        cx = yield_!(Poll::Ready(i));
    }
    let _ = cx;
    let last = pause().await;
    yield_!(Poll::Ready(u8::try_from(last).unwrap()));
}

#[test]
fn streams() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut stream = pin!(every_other(2));
    let mut polls = vec![];
    loop {
        let poll = stream.as_mut().poll_next(&mut cx);
        polls.push(poll);
        if poll == Poll::Ready(None) {
            break;
        }
    }
    let pending = Poll::Pending;
    let item = |n| Poll::Ready(Some(n));
    assert_eq!(
        polls,
        [
            pending,
            item(0),
            pending,
            item(1),
            pending,
            pending,
            item(7),
            Poll::Ready(None)
        ]
    );
}

struct Counted<'a>(&'a Cell<u32>);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[generator]
fn consumes(#[resume] first: Counted<'_>) -> impl Generator<Counted<'_>> {
    drop(first);
    let second = yield_!();
    let third = {
        let _second = second;
        0
    };
    let _ = yield_!();
    loop {
        let _each = yield_!();
        if third > 0 {
            break;
        }
    }
}

/// Each argument drops once: in the body, at its turn, or with a call that runs nothing of it.
#[test]
fn drops() {
    let drops = Cell::new(0);
    let mut machine = Box::pin(consumes());
    for turn in 1..=5 {
        let _ = machine.as_mut().resume(Counted(&drops));
        assert_eq!(drops.get(), turn, "turn {turn}");
    }
    drop(machine);
    assert_eq!(drops.get(), 5);

    let mut machine = pin!(ends());
    let _ = machine.as_mut().resume(Counted(&drops));
    let again = catch_unwind(AssertUnwindSafe(|| {
        machine.as_mut().resume(Counted(&drops))
    }));
    assert!(again.is_err());
    assert_eq!(drops.get(), 7);
}

#[generator]
fn ends(#[resume] _: Counted<'_>) -> impl Generator<Counted<'_>> {}

/// As `fill`, of arguments that live equally long.
#[generator]
fn fill_of_one_lifetime<'a>(
    #[resume] first: &'a mut Vec<u8>,
) -> impl Generator<&'a mut Vec<u8>, Yield = usize> {
    first.push(1);
    let len = first.len();
    let next = yield_!(len);
    next.push(2);
}

#[test]
fn sizes() {
    assert_eq!(size_of_val(&fill()), size_of_val(&fill_of_one_lifetime()));
}

fn is_send<T: Send>(machine: T) -> T {
    machine
}

/// A context is no part of a machine that is suspended.
#[test]
fn contexts_may_be_sent() {
    let mut pause = Box::pin(is_send(pause()));
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(pause.as_mut().poll(&mut cx), Poll::Pending);
    let pause = std::thread::spawn(move || {
        let mut cx = Context::from_waker(Waker::noop());
        let _ = pause.as_mut().poll(&mut cx);
        pause.as_mut().poll(&mut cx)
    });
    assert_eq!(pause.join().unwrap(), Poll::Ready(7));
    drop(is_send(wakes(1)));
}

/// Awaits come between, alone and joined.
#[generator]
async fn joins(#[resume] cx: &mut Context<'_>) -> u32 {
    cx.waker().wake_by_ref();
    let (a, b) = futures_util::join!(pause(), pause());
    let cx = yield_!();
    cx.waker().wake_by_ref();
    a + b + pause().await
}

#[test]
fn awaits_between() {
    let mut joins = pin!(joins());
    let mut cx = Context::from_waker(Waker::noop());
    let mut pending = 0;
    let sum = loop {
        match joins.as_mut().poll(&mut cx) {
            Poll::Pending => pending += 1,
            Poll::Ready(sum) => break sum,
        }
    };
    assert_eq!((sum, pending), (21, 5));
}

/// By hand: what it returns is borrowed from its last argument.
struct Last;

impl<'r> Generator<&'r mut Vec<u8>> for Last {
    type Yield = u8;
    type Return = &'r mut u8;

    fn resume(self: Pin<&mut Self>, list: &'r mut Vec<u8>) -> GeneratorState<u8, &'r mut u8> {
        GeneratorState::Complete(list.last_mut().expect("an element"))
    }
}

#[generator]
fn increments(#[resume] list: &mut Vec<u8>) -> impl Generator<&mut Vec<u8>, Yield = u8> {
    let last = yield_from!(Last, list);
    *last += 1;
    yield_!(1);
}

trait Family {
    type Member<'a>: Copy;
    fn number(member: Self::Member<'_>) -> u8;
}

struct Numbers;

impl Family for Numbers {
    type Member<'a> = &'a u8;
    fn number(member: &u8) -> u8 {
        *member
    }
}

#[generator]
fn members<T: Family>(
    #[resume] mut member: T::Member<'_>,
) -> impl Generator<T::Member<'_>, Yield = u8> {
    loop {
        member = yield_!(T::number(member));
    }
}

#[generator]
fn nested(#[resume] text: &str) -> impl Generator<&str, Yield = usize> {
    let last = yield_!(yield_!(text.len()).len());
    yield_!(last.len());
}

#[generator]
fn calls(#[resume] call: &mut dyn FnMut(&str)) -> impl Generator<&mut dyn FnMut(&str)> {
    call("a");
    let call = yield_!();
    call("b");
}

#[test]
fn types_of_arguments() {
    let mut list = vec![1];
    assert_eq!(
        pin!(increments()).resume(&mut list),
        GeneratorState::Yielded(1)
    );
    assert_eq!(list, [2]);

    let mut members = pin!(members::<Numbers>());
    assert_eq!(members.as_mut().resume(&4), GeneratorState::Yielded(4));

    let mut nested = pin!(nested());
    for text in ["ab", "abc", ""] {
        let state = nested.as_mut().resume(&String::from(text));
        assert_eq!(state, GeneratorState::Yielded(text.len()));
    }

    let mut text = String::new();
    let mut calls = pin!(calls());
    for _ in 0..2 {
        let mut call = |part: &str| text.push_str(part);
        let _ = calls.as_mut().resume(&mut call);
    }
    assert_eq!(text, "ab");
}

struct Tank<T>(T);

struct Drop2<'a, T>(&'a mut T);

impl<T: Clone> Tank<T> {
    #[generator]
    fn parts(#[resume] first: &mut T) -> impl Generator<&mut T, Yield = T, Return = T> {
        let next = yield_!(first.clone());
        let last = next.clone();
        yield_!(last.clone());
        last
    }

    #[generator]
    fn tanks(#[resume] first: &mut Self) -> impl Generator<&mut Self, Yield = T> {
        let next = yield_!(first.0.clone());
        yield_!(next.0.clone());
    }

    #[generator]
    fn drops(#[resume] first: Drop2<'_, T>) -> impl Generator<Drop2<'_, T>, Yield = T> {
        let next = yield_!(first.0.clone());
        yield_!(next.0.clone());
    }
}

impl<Item: Clone> Tank<Item> {
    // A function that says who sees it implements no trait's: the parameter may be called as it likes.
    #[generator]
    pub(crate) fn items(
        #[resume] first: &mut (Item, u32),
    ) -> impl Generator<&mut (Item, u32), Yield = Item> {
        let next = yield_!(first.0.clone());
        yield_!(next.0.clone());
    }
}

struct Plain(u32);

trait Feed {
    fn feed() -> impl for<'r> Generator<&'r mut Plain, Yield = u32>;
}

impl Feed for u8 {
    #[generator]
    fn feed(#[resume] first: &mut Plain) -> impl for<'r> Generator<&'r mut Plain, Yield = u32> {
        let next = yield_!(first.0);
        yield_!(next.0 + 1);
    }
}

#[test]
fn without_self_in_an_impl() {
    let mut parts = pin!(Tank::<String>::parts());
    for (text, state) in [
        ("a", GeneratorState::Yielded("a".to_owned())),
        ("b", GeneratorState::Yielded("b".to_owned())),
        ("c", GeneratorState::Complete("b".to_owned())),
    ] {
        let mut text = text.to_owned();
        assert_eq!(parts.as_mut().resume(&mut text), state);
    }
    let mut items = pin!(Tank::<String>::items());
    let state = items.as_mut().resume(&mut ("a".to_owned(), 1));
    assert_eq!(state, GeneratorState::Yielded("a".to_owned()));
    let mut tanks = pin!(Tank::tanks());
    let state = tanks.as_mut().resume(&mut Tank(vec![1]));
    assert_eq!(state, GeneratorState::Yielded(vec![1]));
    let mut drops = pin!(Tank::drops());
    let state = drops.as_mut().resume(Drop2(&mut 7));
    assert_eq!(state, GeneratorState::Yielded(7));
    let mut feed = pin!(u8::feed());
    for n in 1..3 {
        let state = feed.as_mut().resume(&mut Plain(n));
        assert_eq!(state, GeneratorState::Yielded(2 * n - 1));
    }
}
