//! Where a machine is suspended.

use std::future::{Future, pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures_util::{Stream, StreamExt};
use handcrank::{
    Generator, Suspended, SuspensionPoint, generator, machine, suspended_at, yield_, yield_from,
};

/// Function, line and text of each point.
fn stack(machine: &(impl Suspended + ?Sized)) -> Vec<(&'static str, u32, &'static str)> {
    let points = suspended_at(machine).points();
    points
        .map(|point| {
            assert_eq!(point.file(), file!());
            (point.function(), point.line(), point.text())
        })
        .collect()
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

const COUNTS: u32 = line!();
#[generator]
fn counts(n: u32) -> impl Iterator<Item = u32> {
    for i in 0..n {
        yield_!(i);
    }
    let (last, two) = (n, 2);
    let _ = (yield_!(n + 1), yield_!(last - two));
}

#[test]
fn places_of_yields() {
    let mut counts = counts(2);
    assert_eq!(stack(&counts), []);
    assert_eq!(suspended_at(&counts).to_string(), "not suspended");
    let mut at = |text: &'static str, line, column| {
        counts.next();
        let point = suspended_at(&counts).points().next().expect("suspended");
        assert_eq!(point.text(), text);
        assert_eq!((point.line(), point.column()), (COUNTS + line, column));
        let printed = format!("counts at {}:{}:{column}: {text}", file!(), COUNTS + line);
        assert_eq!(suspended_at(&counts).to_string(), printed);
    };
    at("yield_!(i)", 4, 9);
    at("yield_!(i)", 4, 9);
    at("yield_!(n + 1)", 7, 14);
    at("yield_!(last - two)", 7, 30);
    assert_eq!(counts.next(), None);
    assert_eq!(suspended_at(&counts).to_string(), "not suspended");
    assert_eq!(format!("{:?}", suspended_at(&counts)), "[]");
}

const NESTED: u32 = line!();
#[generator]
async fn outer(names: &[&str]) -> usize {
    let mut sum = 0;
    for name in names {
        sum += if name.is_empty() {
            let boxed = Box::pin(middle(0));
            boxed.await
        } else {
            middle(name.len()).await
        };
    }
    pending::<()>().await;
    sum
}

#[generator]
fn middle(n: usize) -> impl Future<Output = usize> {
    pause().await;
    let mut pinned = pin!(pause());
    pinned.as_mut().await;
    n
}

/// Pending once.
#[generator]
async fn pause(#[resume] _: &mut Context<'_>) {
    yield_!();
}

#[test]
fn follows_what_is_awaited() {
    let (middle_first, middle_second) = (
        ("middle", NESTED + 18, "pause().await"),
        ("middle", NESTED + 20, "pinned.as_mut().await"),
    );
    let pause = ("pause", NESTED + 27, "yield_!()");
    let boxed = ("outer", NESTED + 7, "boxed.await");
    let plain = ("outer", NESTED + 9, "middle(name.len()).await");
    let mut outer = Box::pin(outer(&["", "a"]));
    assert_eq!(stack(&outer), []);
    for expected in [
        vec![boxed, middle_first, pause],
        vec![boxed, middle_second, pause],
        vec![plain, middle_first, pause],
        vec![plain, middle_second, pause],
        // A future of std's cannot tell.
        vec![("outer", NESTED + 12, "pending::<()>().await")],
        vec![("outer", NESTED + 12, "pending::<()>().await")],
    ] {
        assert_eq!(poll(outer.as_mut()), Poll::Pending);
        assert_eq!(stack(&outer), expected);
        assert_eq!(stack(&*outer), expected);
        assert_eq!(stack(&outer.as_mut()), expected);
        // It may be asked again, and moved about in its box.
        assert_eq!(suspended_at(&outer).into_iter().count(), expected.len());
    }
    let printed = suspended_at(&outer).to_string();
    assert!(printed.starts_with("outer at "), "{printed}");
    let debug = format!("{:?}", suspended_at(&outer));
    assert!(debug.contains("function: \"outer\""), "{debug}");
}

#[test]
fn printed_is_a_line_for_each() {
    let mut outer = pin!(outer(&["a"]));
    let _ = poll(outer.as_mut());
    let printed = suspended_at(&outer).to_string();
    let lines: Vec<&str> = printed.split('\n').collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[2],
        format!("pause at {}:{}:5: yield_!()", file!(), NESTED + 27)
    );
}

const DELEGATES: u32 = line!();
#[generator]
fn delegates(#[resume] first: u8) -> impl Generator<u8, Yield = u32> {
    yield_from!(counts(2), first);
    let scoped = {
        let kept = vec![first];
        yield_from!(inner(kept[0]), first)
    };
    {
        let kept = [scoped; 40];
        yield_from!(inner(kept[39] + 1), 0);
    }
}

#[generator]
fn inner(#[resume] _: u8, n: u8) -> impl Generator<u8, Yield = u32, Return = u8> + Unpin {
    let next = yield_!(n.into());
    next + 1
}

#[test]
fn follows_what_is_delegated_to() {
    let counts = |line, text| ("counts", COUNTS + line, text);
    let delegated = ("delegates", DELEGATES + 3, "yield_from!(counts(2), first)");
    let in_inner = ("inner", DELEGATES + 16, "yield_!(n.into())");
    let mut machine = pin!(delegates());
    for expected in [
        vec![delegated, counts(4, "yield_!(i)")],
        vec![delegated, counts(4, "yield_!(i)")],
        vec![delegated, counts(7, "yield_!(n + 1)")],
        vec![delegated, counts(7, "yield_!(last - two)")],
        vec![
            (
                "delegates",
                DELEGATES + 6,
                "yield_from!(inner(kept[0]), first)",
            ),
            in_inner,
        ],
        vec![
            (
                "delegates",
                DELEGATES + 10,
                "yield_from!(inner(kept[39] + 1), 0)",
            ),
            in_inner,
        ],
        vec![],
    ] {
        let _ = machine.as_mut().resume(0);
        assert_eq!(stack(&machine), expected);
    }
}

/// A type parameter tells nothing, unless it is said to.
#[generator]
async fn of_any<F: Future>(future: F) -> F::Output {
    future.await
}

#[generator]
async fn of_suspended(future: impl Future + Suspended) {
    future.await;
}

#[generator]
fn of_object(depth: u32) -> Pin<Box<dyn Future<Output = u32>>> {
    if depth == 0 {
        pause().await;
        return 0;
    }
    of_object(depth - 1).await + 1
}

#[generator]
async fn of_boxed() {
    of_object(1).await;
}

/// What wraps a machine passes the question on.
struct Wrapped<F>(Pin<Box<F>>);

impl<F: Future> Future for Wrapped<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl<F: Suspended> Suspended for Wrapped<F> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        self.0.suspended(visit);
    }
}

#[generator]
async fn of_wrapped() {
    Wrapped(Box::pin(pause())).await;
}

fn functions(mut future: impl Future + Suspended + Unpin) -> Vec<&'static str> {
    assert!(poll(Pin::new(&mut future)).is_pending());
    let points = suspended_at(&future).points();
    points.map(|point| point.function()).collect()
}

#[test]
fn ends_where_it_is_not_known() {
    assert_eq!(functions(pin!(of_any(pause()))), ["of_any"]);
    assert_eq!(
        functions(pin!(of_suspended(pause()))),
        ["of_suspended", "pause"]
    );
    assert_eq!(functions(pin!(of_boxed())), ["of_boxed"]);
    assert_eq!(functions(pin!(of_wrapped())), ["of_wrapped", "pause"]);
}

#[generator]
fn streams() -> impl Stream<Item = u8> {
    pause().await;
    yield_!(1);
    let mut others = pin!(futures_util::stream::iter([2]));
    while let Some(item) = others.next().await {
        yield_!(item);
    }
}

struct Method(u8);

impl Method {
    #[generator]
    fn shadowed(&self, other: u8) -> impl Iterator<Item = u8> {
        let n = other;
        let n = n + self.0;
        yield_!(self.0 + n);
        yield_!((n + other) * 2);
    }
    #[generator]
    async fn joined(&self) {
        futures_util::join!(pause(), async {});
    }
    #[generator]
    fn lent(&self, #[resume] mut out: &mut u8) -> impl Generator<&mut u8, Yield = u8> {
        loop {
            *out += self.0;
            out = yield_!(*out);
        }
    }
}

#[test]
fn texts_are_as_written() {
    let method = Method(1);
    let mut shadowed = method.shadowed(2);
    for expected in ["yield_!(self.0 + n)", "yield_!((n + other) * 2)"] {
        shadowed.next();
        let point = suspended_at(&shadowed).points().next().expect("suspended");
        assert_eq!(point.text(), expected);
    }
    let mut joined = pin!(method.joined());
    let _ = poll(joined.as_mut());
    // Of several futures none is the one that it waits for.
    let points = suspended_at(&joined).points();
    let texts: Vec<&str> = points.map(|point| point.text()).collect();
    assert_eq!(texts, ["futures_util::join!(..)"]);
}

#[test]
fn all_kinds() {
    let mut stream = pin!(streams());
    let mut cx = Context::from_waker(Waker::noop());
    let mut texts: Vec<Vec<&str>> = vec![];
    loop {
        let polled = stream.as_mut().poll_next(&mut cx);
        texts.push(
            suspended_at(&stream)
                .points()
                .map(|point| point.text())
                .collect(),
        );
        if polled == Poll::Ready(None) {
            break;
        }
    }
    let expected: [&[&str]; 4] = [
        &["pause().await", "yield_!()"],
        &["yield_!(1)"],
        &["yield_!(item)"],
        &[],
    ];
    assert_eq!(texts, expected.map(<[_]>::to_vec));

    let method = Method(1);
    let mut lent = pin!(method.lent());
    let _ = lent.as_mut().resume(&mut 1);
    let point = suspended_at(&lent).points().next().expect("suspended");
    assert_eq!((point.function(), point.text()), ("lent", "yield_!(*out)"));

    let mut in_place = machine!(-> impl Iterator<Item = u8> {
        yield 5;
    });
    in_place.next();
    assert_eq!(stack(&in_place), [("machine!", line!() - 3, "yield_!(5)")]);
}

#[generator]
fn panics() -> impl Iterator<Item = u8> {
    yield_!(1);
    panic!("on purpose");
}

#[test]
fn nowhere_after_a_panic() {
    let mut panics = panics();
    panics.next();
    assert_eq!(suspended_at(&panics).points().count(), 1);
    assert!(catch_unwind(AssertUnwindSafe(|| panics.next())).is_err());
    assert_eq!(suspended_at(&panics).to_string(), "not suspended");
}

/// A function of a `macro_rules!` is where that is called.
macro_rules! generated {
    ($name:ident) => {
        #[generator]
        fn $name() -> impl Iterator<Item = u8> {
            yield_!(1);
        }
    };
}
generated!(of_macro);
const OF_MACRO: u32 = line!() - 1;

#[test]
fn in_a_macro() {
    let mut machine = of_macro();
    machine.next();
    let point = suspended_at(&machine).points().next().expect("suspended");
    assert_eq!((point.function(), point.line()), ("of_macro", OF_MACRO));
}

/// What a trait declares need not say it, nor need whoever implements it by hand.
trait Declares {
    #[generator]
    fn generated(&self) -> impl Future<Output = u8>;
    #[generator]
    fn by_hand(&self) -> impl Future<Output = u8>;
}

impl Declares for Method {
    #[generator]
    fn generated(&self) -> impl Future<Output = u8> {
        pause().await;
        self.0
    }
    fn by_hand(&self) -> impl Future<Output = u8> {
        let n = self.0;
        poll_fn(move |_| Poll::Ready(n))
    }
}

#[test]
fn in_traits() {
    assert_eq!(
        functions(pin!(Method(1).generated())),
        ["generated", "pause"]
    );
    assert_eq!(poll(pin!(Method(1).by_hand())), Poll::Ready(1));
}

/// It takes no room: a frame is what it has to keep.
#[test]
fn takes_no_room() {
    #[generator]
    fn two(n: u32) -> impl Iterator<Item = u32> {
        yield_!(1);
        yield_!(n);
    }
    #[generator]
    async fn one() {
        std::future::ready(1_u64).await;
    }
    assert_eq!(size_of_val(&two(1)), 8);
    assert_eq!(
        size_of_val(&one()),
        size_of::<(std::future::Ready<u64>, u8)>()
    );
}
