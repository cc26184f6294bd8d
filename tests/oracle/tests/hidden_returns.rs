//! `return` and `?` in what a macro of the user's expands to.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::ops::ControlFlow;
use std::task::Poll;

use handcrank_oracle::{Noisy, compare, compare_movable, event, noisy};

type Found<T> = Result<T, Noisy>;

macro_rules! fail {
    ($error:expr) => {
        return Err(::std::convert::From::from($error))
    };
}

macro_rules! tried {
    ($result:expr) => {
        $result?
    };
}

macro_rules! some {
    ($option:expr) => {
        match $option {
            Some(value) => value,
            None => return None,
        }
    };
}

macro_rules! stop_if {
    ($condition:expr) => {
        if $condition {
            event("stops");
            return;
        }
    };
}

macro_rules! ready {
    ($poll:expr) => {
        match $poll {
            Poll::Ready(value) => value,
            Poll::Pending => return Poll::Pending,
        }
    };
}

macro_rules! break_if {
    ($condition:expr, $value:expr) => {
        if $condition {
            return ControlFlow::Break($value);
        }
    };
}

macro_rules! next_if {
    ($condition:expr) => {
        if $condition {
            continue;
        }
    };
}

macro_rules! within {
    ($($body:tt)*) => {{
        let inside = noisy("inside");
        $($body)*
    }};
}

fn found(n: u32) -> Found<u32> {
    if n % 5 == 4 {
        Err(noisy("unlucky"))
    } else {
        Ok(n)
    }
}

compare! {
    fn errors_at_every_depth(#[resume] mut n: u32) -> impl Generator<u32, Yield = u32, Return = Found<String>> {
        let outer = noisy("outer");
        if n == 0 {
            fail!(noisy("at once"));
        }
        for i in 0..6 {
            let turn = noisy("turn");
            n = match n {
                11 => {
                    let _arm = noisy("arm");
                    yield_!(tried!(found(n + i)))
                }
                14 => {
                    let arm = noisy("last");
                    yield_!(2);
                    let arm = arm;
                    fail!(arm)
                }
                _ => yield_!(3) + tried!(found(i)),
            };
            next_if!(n == 13);
            let text = turn.name().to_owned();
            yield_!(text.len() as u32 + { let t = noisy("temporary"); tried!(found(n)) + t.name().len() as u32 });
        }
        Ok(outer.name().to_owned())
    }
}

compare! {
    fn nothing(items: &'static [Option<u32>]) -> impl Generator<Yield = u32, Return = Option<Noisy>> {
        let sum = noisy("sum");
        for item in items {
            let kept = noisy("kept");
            let n = some!(*item);
            yield_!(n);
            event(kept.name());
            // A closure's `return` is the closure's.
            let none = || -> Option<u32> { Some(some!(Some(n).filter(|n| n % 2 == 0)) + 1) };
            yield_!(none().unwrap_or(0));
        }
        some!(None::<u32>);
        Some(sum)
    }
    with (&[Some(1), Some(2), None])
}

compare! {
    fn unit(#[resume] mut n: u32) -> impl Generator<u32, Yield = u32> {
        let a = noisy("a");
        loop {
            let b = noisy("b");
            n = yield_!(n);
            stop_if!(n > 12 && a.name().len() == 1);
            if n == 12 { within! { stop_if!(n == 3); event(b.name()); } }
            yield_!(0);
        }
    }
}

compare! {
    fn polled(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Poll<Noisy>> {
        let a = noisy("a");
        let n = yield_!(n);
        let b = ready!(if n < 11 { Poll::Pending } else { Poll::Ready(noisy("b")) });
        let n = yield_!(n);
        ready!(if n < 12 { Poll::Pending } else { Poll::Ready(()) });
        yield_!(a.name().len() as u32);
        Poll::Ready(b)
    }
}

compare! {
    fn control_flow(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = ControlFlow<Noisy, u32>> {
        let a = noisy("a");
        for i in 0..4u32 {
            let turn = noisy("turn");
            break_if!(yield_flag(n + i), noisy(turn.name()));
            yield_!(a.name().len() as u32);
        }
        ControlFlow::Continue(n)
    }
}

fn yield_flag(n: u32) -> bool {
    n % 7 == 6
}

compare! {
    fn a_value_that_is_no_failure(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let a = noisy("a");
        let n = within! { yield_flag(n) };
        yield_!(n as u32);
        a.name().len() as u32
    }
}

compare! {
    fn passed_to_methods_and_operators(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = Found<usize>> {
        let mut names = vec![noisy("first")];
        yield_!(1);
        names.push(noisy("second"));
        names.push(tried!(Ok::<_, Noisy>(noisy("third"))));
        let text = names[tried!(found(n % 3)) as usize].name().to_owned();
        yield_!(text.len());
        let joined = text + tried!(found(n + 3)).to_string().as_str();
        yield_!(joined.len());
        let last = tried!(names.pop().ok_or_else(|| noisy("none")));
        yield_!(2);
        if last.name().len() > names.len() { let last = last; fail!(last) }
        Ok(names.len())
    }
}

compare! {
    fn panics_in_a_macro(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Found<()>> {
        let a = noisy("a");
        let n = yield_!(n);
        within! { tried!(found(n)); assert!(n < 12, "too much"); }
        let b = noisy("b");
        yield_!(n);
        within! { panic!("{}", a.name()) }
    }
}

compare! {
    fn from_a_delegate(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Option<u32>> {
        let a = noisy("a");
        let inner = yield_from!(from_a_delegate_inner(n), n);
        let inner = some!(inner);
        yield_!(inner);
        Some(some!(inner.checked_sub(20)) + a.name().len() as u32)
    }
    fn from_a_delegate_inner(#[resume] mut n: u32, _of: u32) -> impl Generator<u32, Yield = u32, Return = Option<u32>> {
        let b = noisy("b");
        while n < 15 {
            some!(n.checked_rem(13).filter(|rest| *rest != 1));
            n = n.max(yield_!(n));
        }
        Some(n)
    }
}

compare_movable! {
    fn movable(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Found<Noisy>> + Unpin {
        let a = noisy("a");
        let n = yield_!(n);
        tried!(found(n));
        let b = noisy("b");
        let n = yield_!(n);
        if n == 12 { let b = b; fail!(b) }
        yield_!(a.name().len() as u32);
        Ok(a)
    }
}

struct Shelf {
    books: std::cell::RefCell<Vec<Noisy>>,
    name: Noisy,
}

impl Shelf {
    fn new() -> Self {
        Shelf {
            books: std::cell::RefCell::new(vec![noisy("emma"), noisy("ulysses")]),
            name: noisy("shelf"),
        }
    }

    fn either<'s>(&'s self, other: &'s Noisy, own: bool) -> &'s Noisy {
        if own { &self.name } else { other }
    }
}

compare! {
    fn a_borrow_of_two_arguments(#[resume] n: u32, shelf: Shelf, other: Noisy) -> impl Generator<u32, Yield = usize, Return = Found<usize>> {
        let (shelf, other) = (&shelf, &other);
        let either = shelf.either(other, n < 12);
        let n = yield_!(either.name().len());
        let both = [either, other, shelf.either(other, n < 12)];
        tried!(found(n));
        for one in both {
            let len = one.name().len();
            yield_!(len);
            next_if!(len > 5);
            tried!(found(len as u32));
        }
        Ok(both.len())
    }
    with (Shelf::new(), noisy("other"))
}

compare! {
    fn a_guard_in_a_temporary(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = Option<usize>> {
        let shelf = Shelf::new();
        let mut n = n;
        for book in shelf.books.borrow().iter() {
            n = yield_!(book.name().len());
            some!(n.checked_rem(13).filter(|rest| *rest != 1));
        }
        match shelf.books.borrow_mut().pop() {
            Some(book) if book.name().len() > 4 => {
                yield_!(some!(shelf.books.try_borrow().ok().map(|books| books.len())));
                event(book.name());
            }
            _ => return None,
        }
        if let Some(last) = shelf.books.borrow_mut().last_mut() {
            *last = noisy("persuasion");
            yield_!(last.name().len());
        }
        Some(some!(shelf.books.borrow().last()).name().len())
    }
}

compare! {
    fn a_move_on_one_arm_only(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = Found<usize>> {
        let own = noisy("own");
        let other = (noisy("first"), noisy("second"));
        let n = yield_!(1);
        let taken = match n {
            11 => {
                let len = own.name().len();
                drop(own);
                yield_!(len)
            }
            12 => tried!(found(14)),
            _ => n,
        };
        event("after");
        let left = if taken > 11 { Some(other.0) } else { tried!(found(taken)); None };
        yield_!(2);
        Ok(left.map_or(0, |left| left.name().len()))
    }
}
