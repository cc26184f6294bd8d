//! Methods called on what a local points to, `(*x).f()`, and callbacks in fields: they may take it out of a box.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    irrefutable_let_patterns,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::{rc::Rc, sync::Arc};

use handcrank_oracle::{Noisy, compare, event, noisy};

struct Job {
    name: Noisy,
    rest: Noisy,
}

impl Job {
    fn finish(self) -> Noisy {
        event("finish");
        self.name
    }
    fn look(&self) -> u32 {
        event("look");
        7
    }
    fn touch(&mut self, n: u32) -> u32 {
        event("touch");
        n
    }
    fn finish_with(self, n: u32, other: Noisy) -> Noisy {
        event("finish with");
        other
    }
}

fn job(name: &str) -> Job {
    Job {
        name: noisy(format!("{name}.name")),
        rest: noisy(format!("{name}.rest")),
    }
}

compare! {
    fn out_of_a_box() -> impl Generator<Yield = u32> {
        let boxed = Box::new(job("a"));
        let other = noisy("other");
        yield_!(1);
        let n = (*boxed).look();
        yield_!(n);
        let name = (*boxed).finish();
        yield_!(2);
        drop(name);
        yield_!(3);
    }
}

compare! {
    fn borrowed_at_last() -> impl Generator<Yield = u32> {
        let mut boxed = Box::new(job("a"));
        yield_!(1);
        let n = (*boxed).touch(4);
        yield_!(n);
        event("after");
        yield_!(3);
    }
}

compare! {
    fn with_arguments() -> impl Generator<Yield = u32> {
        let boxed = Box::new(job("a"));
        let other = noisy("other");
        let n = 3;
        yield_!(1);
        let name = (*boxed).finish_with(n + 1, other);
        yield_!(2);
    }
}

compare! {
    fn on_one_path(n: u32) -> impl Generator<Yield = u32> {
        let boxed = Box::new(job("a"));
        for i in 0..n {
            yield_!(i);
        }
        if n > 0 {
            let name = (*boxed).finish();
            yield_!(5);
        }
        yield_!(6);
    }
    with (1)
}

compare! {
    fn a_box_in_a_box() -> impl Generator<Yield = u32> {
        let boxed = Box::new(Box::new(job("a")));
        yield_!(1);
        let name = (**boxed).finish();
        yield_!(2);
    }
}

compare! {
    fn of_pointers(n: u32) -> impl Generator<Yield = usize> {
        let text = String::from("text");
        let word: &str = &text;
        let shared = Rc::new(noisy("shared"));
        let slice: Box<[u32]> = vec![1, 2, n].into();
        yield_!(0);
        yield_!((*word).find('x').unwrap_or(1));
        yield_!((*slice).iter().count());
        let found = (*slice).binary_search(&n);
        yield_!(found.unwrap_or(9));
        let twin = (*shared).name().len();
        yield_!(twin);
    }
    with (3)
}

compare! {
    fn refilled() -> impl Generator<Yield = u32> {
        let mut boxed = Box::new(job("a"));
        yield_!(1);
        (*boxed).touch(1);
        *boxed = job("b");
        yield_!(2);
        let name = (*boxed).finish();
        yield_!(3);
    }
}

struct Callbacks<F> {
    then: F,
    at_end: Box<dyn FnOnce(u32) -> u32>,
    kept: Noisy,
}

fn callbacks(name: &str) -> Callbacks<impl FnOnce(u32) -> Noisy> {
    let (a, b) = (
        noisy(format!("{name}.then")),
        noisy(format!("{name}.at_end")),
    );
    Callbacks {
        then: move |n| {
            event(format!("then {n}"));
            a
        },
        at_end: Box::new(move |n| {
            event(format!("at end {n}"));
            drop(b);
            n
        }),
        kept: noisy(format!("{name}.kept")),
    }
}

compare! {
    fn once_in_fields() -> impl Generator<Yield = u32> {
        let callbacks = callbacks("a");
        yield_!(1);
        let then = (callbacks.then)(2);
        yield_!(2);
        yield_!((callbacks.at_end)(3));
        yield_!(4);
    }
}

compare! {
    fn once_in_a_tuple(n: u32) -> impl Generator<Yield = u32> {
        let name = noisy("captured");
        let pair = (move |n: u32| { drop(name); n }, noisy("other"));
        for i in 0..n {
            yield_!(i);
        }
        if n > 0 {
            let n = (pair.0)(n);
            yield_!(n);
        }
        yield_!(9);
    }
    with (2)
}

compare! {
    fn often_in_fields() -> impl Generator<Yield = u32> {
        let name = noisy("captured");
        let mut count = 0;
        let mut pair = (
            |n: u32| n + name.name().len() as u32,
            |n: u32| { count += n; count },
            noisy("other"),
            Some(u32::saturating_add as fn(u32, u32) -> u32),
        );
        yield_!((pair.0)(1));
        yield_!((pair.1)(1));
        yield_!((pair.1)(2));
        yield_!((pair.0)(3));
        if let Some(add) = pair.3 {
            yield_!(add(3, 4));
        }
    }
}

compare! {
    fn once_in_a_box() -> impl Generator<Yield = u32> {
        let boxed = Box::new(callbacks("a"));
        yield_!(1);
        yield_!((boxed.at_end)(3));
        let then = ((*boxed).then)(2);
        yield_!(2);
    }
}

compare! {
    fn once_in_a_temporary() -> impl Generator<Yield = u32> {
        let n = (callbacks("a").at_end)(1) + { yield_!(2); 5 };
        yield_!(n);
    }
}

struct Worker {
    job: Box<Job>,
    spare: Option<Box<Job>>,
    name: Noisy,
    title: Box<str>,
}

fn worker(name: &str) -> Worker {
    Worker {
        job: Box::new(job(name)),
        spare: Some(Box::new(job("spare"))),
        name: noisy(name),
        title: "title".into(),
    }
}

compare! {
    fn out_of_a_box_in_a_field(n: u32) -> impl Generator<Yield = u32> {
        let worker = worker("a");
        for i in 0..n {
            yield_!(i);
        }
        yield_!((*worker.title).find('x').unwrap_or(3) as u32);
        if n > 0 {
            let name = (*worker.job).finish();
            yield_!(5);
        }
        yield_!(6);
    }
    with (1)
}

compare! {
    fn out_of_a_box_in_a_field_put_back(n: u32) -> impl Generator<Yield = u32> {
        let mut worker = worker("a");
        for i in 0..n {
            let name = (*worker.job).finish();
            yield_!(i);
            worker.job = Box::new(job("b"));
            yield_!(i);
        }
        yield_!(6);
    }
    with (2)
}

compare! {
    fn mapped() -> impl Generator<Yield = u32> {
        let boxed = Box::new(Some(noisy("a")));
        let other = noisy("other");
        yield_!(1);
        let n = (*boxed).map(|noisy| noisy.name().len() as u32);
        yield_!(n.unwrap_or(2));
        yield_!(2);
    }
}

struct Pair {
    job: Job,
    boxed: Box<Job>,
    last: Noisy,
}

fn yielded(n: usize) -> usize {
    n
}

fn pair() -> Pair {
    Pair {
        job: job("j"),
        boxed: Box::new(job("b")),
        last: noisy("last"),
    }
}

compare! {
    fn fields_before_a_suspension_point(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let mut pair = pair();
        let n = pair.job.touch(yield_!(1));
        yield_!(n);
        let other = pair.job.finish_with(yield_!(2), noisy("other"));
        yield_!(3);
        let n = pair.boxed.touch(yield_!(4));
        let name = pair.boxed.finish_with(yield_!(5), noisy("another")).name().len();
        yield_!(6);
    }
}

compare! {
    fn pointees_before_a_suspension_point(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let mut boxed = Box::new(job("a"));
        let pair = pair();
        let n = (*boxed).touch(yield_!(1));
        let other = (*boxed).finish_with(yield_!(2), noisy("other"));
        yield_!(n);
        let other = (*pair.boxed).finish_with(yield_!(3), noisy("other"));
        yield_!(5);
    }
}

compare! {
    fn callbacks_before_a_suspension_point(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let captured = noisy("captured");
        let pair = (move |n: u32, m: Noisy| { event("called"); captured }, noisy("beside"));
        yield_!(0);
        let made = (pair.0)(yield_!(1), noisy("other"));
        yield_!(2);
    }
}

compare! {
    fn fields_in_a_loop_before_a_suspension_point(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let mut pair = pair();
        let mut n = 0;
        while n < 20 {
            let old = pair.job.finish_with(yield_!(n), noisy("other"));
            n = n + 7;
            if n == 14 {
                return;
            }
            pair.job = job("again");
        }
    }
}

compare! {
    fn fields_as_operands_of_operands(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let mut pair = pair();
        let both = (
            noisy("first"),
            pair.job.finish_with(yield_!(1), pair.last),
            pair.boxed.finish_with(yield_!(2), noisy("last")),
        );
        yield_!(3);
    }
}

compare! {
    fn parts_of_temporaries_before_a_suspension_point(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let other = pair().job.finish_with(yield_!(1), noisy("other"));
        let n = pair().job.touch(yield_!(2));
        let other = (noisy("beside"), Some(noisy("inside"))).1.map_or(yield_!(3), |inside| n);
        let other = pair().boxed.finish_with(yield_!(4), noisy("other"));
        let both = (noisy("a"), Some(noisy("b")));
        let other = both.1.map_or_else(|| yielded(0), |inside| yielded(inside.name().len()));
        let list = (noisy("c"), vec![noisy("d"), noisy("e")]);
        let folded = list.1.into_iter().fold(yield_!(5), |n, item| n + item.name().len() as u32);
        let n = (noisy("first"), { yield_!(6); pair() }.job.finish_with(yield_!(7), noisy("last"))).1.name().len();
        yield_!(n as u32);
    }
}

compare! {
    fn callbacks_in_temporaries_before_a_suspension_point(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let captured = noisy("captured");
        let made = (move |n: u32, m: Noisy| { event("called"); captured }, noisy("beside")).0(yield_!(1), noisy("other"));
        yield_!(2);
    }
}

compare! {
    fn pointers_in_temporaries() -> impl Generator<Yield = u32> {
        let both = ((*Box::new(noisy("a"))).and("+"), yield_!(1));
        let both = ((*Box::new(job("b"))).look(), yield_!(2));
        let both = ((*Rc::new(job("c"))).look(), yield_!(3));
        let list: (usize, ()) = ((*vec![noisy("d")].into_boxed_slice()).len(), yield_!(4));
        let both = ((*Box::new(job("e"))).finish().name().len(), yield_!(5));
        let cell = std::cell::RefCell::new(vec![1]);
        let both = ((*cell.borrow_mut()).push(2), yield_!(6));
    }
}

compare! {
    fn a_pointer_made_of_what_suspends(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32> {
        let (mut a, _) = (noisy("a"), noisy("b"));
        a = (*Box::new(yield_!(1))).and("+");
        let b = (*Box::new(yield_!(2))).and("+");
        drop((*Box::new(yield_!(3))).and("-"));
        yield_!(4);
    }
}
