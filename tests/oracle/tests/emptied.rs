//! Options, results and the like that are matched on by patterns which leave nothing of them, whichever arm is chosen; and
//! what only looks like it.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::ops::ControlFlow;
use std::task::Poll;

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

fn some(name: &str) -> Option<Noisy> {
    event(format!("some {name}"));
    Some(noisy(name))
}

fn result(number: u32) -> Result<Noisy, (Noisy, u32)> {
    if number % 2 == 0 {
        Ok(noisy(format!("ok {number}")))
    } else {
        Err((noisy(format!("err {number}")), number))
    }
}

/// An enum with a destructor, of variants that are named as those of `Option`.
enum Ticket {
    Some(u32),
    None,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        event("drop ticket");
    }
}

compare! {
    fn a_parameter(op: Option<Noisy>) -> impl Generator<Yield = usize> {
        match op {
            Some(text) => {
                yield_!(1);
                yield_!(text.name().len());
            }
            None => yield_!(0),
        }
        yield_!(2);
    }
    with (some("op"))
}

compare! {
    fn none(op: Option<Noisy>, other: Noisy) -> impl Generator<Yield = usize> {
        match op {
            None => yield_!(0),
            Some(text) => yield_!(text.name().len()),
        }
        event("after");
        yield_!(2);
    }
    with (None, noisy("other"))
}

compare! {
    fn results(count: u32) -> impl Generator<Yield = u32> {
        for number in 0..count {
            let result = result(number);
            yield_!(1);
            match result {
                Ok(value) => { yield_!(2); drop(value); yield_!(3); }
                Err((value, number)) => { yield_!(number); }
            }
        }
    }
    with (3)
}

compare! {
    fn of_what_is_called(count: u32) -> impl Generator<Yield = u32> {
        for number in 0..count {
            match result(number + yield_!(10 + number).len()) {
                Ok(value) => yield_!(value.name().len() as u32),
                Err((value, n)) => { drop(value); yield_!(n); }
            }
            if let Some(it) = some("it") { yield_!(5); } else { yield_!(6); }
            let Some(that) = some("that") else { return };
            yield_!(7);
        }
    }
    with (2)
}

trait Len {
    fn len(&self) -> u32 {
        0
    }
}
impl Len for () {}

struct Node {
    value: Noisy,
    next: Option<Box<Node>>,
}

fn list(length: u32) -> Option<Box<Node>> {
    (0..length).fold(None, |next, number| {
        Some(Box::new(Node {
            value: noisy(format!("{number}")),
            next,
        }))
    })
}

compare! {
    fn a_list(list: Option<Box<Node>>) -> impl Generator<Yield = Noisy> {
        let mut cur = list;
        while let Some(node) = cur {
            cur = node.next;
            yield_!(node.value);
        }
    }
    with (list(3))
}

compare! {
    fn a_list_by_match(list: Option<Box<Node>>) -> impl Generator<Yield = Noisy> {
        let mut cur = list;
        loop {
            match cur {
                Some(node) => {
                    yield_!(node.value);
                    cur = node.next;
                }
                None => break,
            }
        }
        yield_!(noisy("last"));
    }
    with (list(2))
}

compare! {
    fn the_other_arm_uses_it(op: Option<Noisy>) -> impl Generator<Yield = bool> {
        match op {
            Some(text) => yield_!(text.name().is_empty()),
            None => { yield_!(true); drop(op); yield_!(false); }
        }
    }
    with (None)
}

compare! {
    fn some_arm_leaves_it(op: Result<Noisy, Noisy>) -> impl Generator<Yield = u32> {
        match op {
            Ok(value) => { yield_!(1); }
            Err(_) => { yield_!(2); event("it is still there"); yield_!(3); }
        }
        yield_!(4);
    }
    with (Err(noisy("error")))
}

compare! {
    fn if_let_of_a_result(op: Result<Noisy, Noisy>) -> impl Generator<Yield = u32> {
        if let Ok(value) = op { yield_!(1); } else { yield_!(2); }
        event("after");
        yield_!(3);
    }
    with (Err(noisy("error")))
}

compare! {
    fn with_a_destructor(n: u32) -> impl Generator<Yield = u32> {
        let ticket = if n > 0 { Ticket::Some(n) } else { Ticket::None };
        yield_!(0);
        match ticket {
            Ticket::Some(number) => { yield_!(number); event("still valid"); }
            Ticket::None => yield_!(9),
        }
        event("after");
        yield_!(1);
    }
    with (3)
}

compare! {
    fn copies(n: Option<u32>, pair: Option<(u32, bool)>) -> impl Generator<Yield = u32> {
        if let Some(n) = n { yield_!(n); }
        match n { Some(n) => yield_!(n + 1), None => yield_!(0) }
        match pair { Some((n, is)) => { yield_!(n); yield_!(u32::from(is)); } None => {} }
    }
    with (Some(3), Some((4, true)))
}

compare! {
    fn of_references(op: Option<Noisy>) -> impl Generator<Yield = usize> {
        let mut op = op;
        match op.as_ref() { Some(it) => yield_!(it.name().len()), None => yield_!(0) }
        match by_ref(&op) { Some(it) => { yield_!(it.name().len()); } None => yield_!(0) }
        match by_mut(&mut op) { Some(it) => { yield_!(1); *it = noisy("another"); } None => yield_!(0) }
        yield_!(2);
    }
    with (some("op"))
}

fn by_ref(op: &Option<Noisy>) -> &Option<Noisy> {
    op
}

fn by_mut(op: &mut Option<Noisy>) -> &mut Option<Noisy> {
    op
}

compare! {
    fn others_of_std(n: u32) -> impl Generator<Yield = u32> {
        for number in 0..n {
            let poll = if number == 0 { Poll::Pending } else { Poll::Ready(noisy("ready")) };
            let flow = if number == 0 { ControlFlow::Break(noisy("break")) } else { ControlFlow::Continue(number) };
            yield_!(0);
            match poll { Poll::Ready(it) => { yield_!(1); } Poll::Pending => yield_!(2) }
            match flow { ControlFlow::Break(it) => { yield_!(3); } ControlFlow::Continue(n) => yield_!(n) }
            match std::option::Option::Some(noisy("path")) { Some(it) => yield_!(4), Option::None => {} }
        }
    }
    with (2)
}

compare! {
    fn a_temporary_of_what_is_matched_on(n: u32) -> impl Generator<Yield = usize> {
        match noisy("temporary").name().checked(n) { Some(n) => { yield_!(n); event("arm"); } None => yield_!(0) }
        yield_!(1);
    }
    with (2)
}

trait Checked {
    fn checked(&self, n: u32) -> Option<usize>;
}
impl Checked for str {
    fn checked(&self, n: u32) -> Option<usize> {
        Some(self.len() + n as usize)
    }
}

compare! {
    async fn awaited(n: u32) -> usize {
        let mut sum = 0;
        for number in 0..n {
            match later(number).await {
                Ok(value) => { sum += value.name().len(); later(4).await.ok(); }
                Err((value, number)) => { later(number).await.err(); drop(value); }
            }
        }
        sum
    }
    with (2)
}

async fn later(number: u32) -> Result<Noisy, (Noisy, u32)> {
    let mut polled = false;
    std::future::poll_fn(|context| {
        if polled {
            return Poll::Ready(());
        }
        polled = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
    result(number)
}

compare! {
    fn what_a_reference_lends(text: &str, list: &[u32]) -> impl Generator<Yield = usize> {
        for word in text.split(' ') {
            let Ok(number) = word.parse::<u32>() else { continue };
            yield_!(number as usize);
        }
        let mut items = list.iter();
        while let Some(item) = items.next() { yield_!(*item as usize); }
        let first = list.first();
        yield_!(text.trim().len());
        yield_!(first.map_or(0, |n| *n as usize) + text.len());
    }
    with ("1 x 22", &[3, 4])
}

// Names of std's, of what is not std's.

trait Walk {
    fn lines(&mut self) -> u32;
}
impl Walk for &[u32] {
    fn lines(&mut self) -> u32 {
        let first = self[0];
        *self = &self[1..];
        first
    }
}

compare! {
    fn a_reference_that_walks(mut list: &[u32]) -> impl Generator<Yield = u32> {
        let first = list.lines();
        yield_!(first);
        yield_!(list.lines() + first);
        let mut rest = &list[..];
        yield_!(rest.lines());
        yield_!(rest.len() as u32);
    }
    with (&[1, 2, 3, 4])
}

mod own {
    use super::*;

    pub enum Option {
        Some(Noisy),
        None,
    }

    pub fn from_fn<T>(make: impl FnOnce() -> T) -> T {
        event("from_fn");
        make()
    }
}

compare! {
    fn an_option_of_ones_own(a: Noisy) -> impl Generator<Yield = usize> {
        use own::Option;
        let op = Option::Some(a);
        yield_!(1);
        match op {
            Option::Some(a) => yield_!(a.name().len()),
            Option::None => yield_!(0),
        }
        yield_!(2);
    }
    with (noisy("a"))
}

compare! {
    fn a_function_that_calls_once(a: Vec<Noisy>) -> impl Generator<Yield = usize> {
        yield_!(1);
        yield_!(own::from_fn(|| a.into_boxed_slice()).len());
    }
    with (vec![noisy("a")])
}
