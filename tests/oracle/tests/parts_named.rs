//! Parts of locals that are moved by their names, where patterns in several arms move others.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::fmt::Debug;

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

#[derive(Debug)]
enum Inner {
    Pair(Noisy, Noisy),
    None,
}

#[derive(Debug)]
struct Deep {
    pair: (Noisy, Noisy),
    op: Inner,
    triple: (Noisy, Inner, Noisy),
    boxed: Box<(Noisy, Inner)>,
}

fn deep() -> Deep {
    Deep {
        pair: (noisy("pair.0"), noisy("pair.1")),
        op: Inner::Pair(noisy("op.0"), noisy("op.1")),
        triple: (
            noisy("triple.0"),
            Inner::Pair(noisy("triple.1.0"), noisy("triple.1.1")),
            noisy("triple.2"),
        ),
        boxed: Box::new((
            noisy("boxed.0"),
            Inner::Pair(noisy("boxed.1.0"), noisy("boxed.1.1")),
        )),
    }
}

fn check(_: bool) -> bool {
    event("check");
    true
}

compare! {
    fn the_last_of_a_tuple_and_by_name() -> impl Generator<Yield = u32> {
        let mut d = deep();
        match (d.pair) { (.., mut v) if check(true) => { yield_!(1); } _ => {} }
        d = deep();
        (d.pair.1);
        yield_!(2);
    }
}

compare! {
    fn the_last_of_three_and_by_name() -> impl Generator<Yield = u32> {
        let d = deep();
        match d.triple { (.., mut v) if check(true) => { yield_!(1); } _ => {} }
        drop(d.triple.0);
        yield_!(2);
        match d.triple.1 { Inner::Pair(_, b) => { yield_!(2); } _ => {} }
        yield_!(3);
    }
}

compare! {
    fn nested_arms_and_by_name() -> impl Generator<Yield = u32> {
        let d = deep();
        yield_!(1);
        match d {
            Deep { op: Inner::Pair(a, _), triple: (_, Inner::Pair(_, b), _), .. } if check(true) => { yield_!(2); }
            Deep { op, .. } => {}
        }
        drop(d.triple.0);
        yield_!(3);
        drop(d.pair.0);
        match d.boxed.1 { Inner::Pair(a, _) if check(true) => { yield_!(2); } _ => {} }
        yield_!(4);
        drop(d.boxed.0);
        yield_!(5);
    }
}

compare! {
    fn at_binding_and_by_name(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let d = deep();
        let c = yield_!(1);
        if c {
            match d.triple { t @ (..) if check(true) => { yield_!(2); } _ => {} }
        } else {
            drop(d.triple.2);
        }
        yield_!(3);
    }
    with ()
}

compare! {
    fn the_last_and_the_first_of_tuples(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let t = ((noisy("0"), noisy("1"), noisy("2")), (noisy("x"), noisy("y")));
        let c = yield_!(1);
        match t.0 { (.., z) if check(true) => { yield_!(2); } _ => {} }
        match t.1 { (.., z) if c => { yield_!(3); } _ => { drop(t.1.1); } }
        yield_!(4);
        match t.0 { (a, ..) if c => { yield_!(5); } _ => { drop(t.0.0); } }
        yield_!(6);
        drop(t.0.1);
        drop(t.1.0);
        yield_!(7);
    }
    with ()
}

compare! {
    fn nested_tuples_counted_from_the_end(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let t = Some(((noisy("0"), noisy("1"), Inner::Pair(noisy("2.0"), noisy("2.1"))), noisy("z")));
        let u = ((noisy("0"), noisy("1"), Inner::Pair(noisy("2.0"), noisy("2.1"))), noisy("z"));
        let c = yield_!(1);
        if c { match t { Some(((.., Inner::Pair(a, _)), _)) if check(true) => { yield_!(2); } _ => {} } }
        else { match t { Some(((a, ..), z)) if check(true) => { yield_!(2); } _ => {} } }
        yield_!(3);
        match u { ((.., Inner::Pair(a, _)), ..) if c => { yield_!(4); } _ => { } }
        yield_!(5);
        match u { ((_, b, _), ..) if c => { yield_!(6); } (.., z) => { yield_!(7); } }
        yield_!(8);
        match u { ((a, ..), _) if c => { yield_!(9); } _ => {} }
        yield_!(10);
    }
    with ()
}

#[derive(Debug)]
enum V<T, U = u32> {
    Two(T, T, U),
    One(T),
    Zero,
}

#[derive(Debug)]
struct R<'a, T>(&'a mut u32, T, (T, T, Option<T>));

trait Take {
    fn take_it(self) -> usize;
    fn look_at(&self) -> usize;
}

impl Take for Noisy {
    fn take_it(self) -> usize {
        self.name().len()
    }

    fn look_at(&self) -> usize {
        self.name().len()
    }
}

compare! {
    fn generic<T: Debug>(a: T, b: T, c: T, n: u32) -> impl Generator<Yield = u32> {
        let v = V::Two(a, b, n);
        let mut w = Some((c, n));
        yield_!(1);
        if n == 1 {
            match v { V::Two(x, _, m) => { yield_!(m); } V::One(x) => {} _ => {} }
        } else {
            match v { V::Two(_, y, m) => { yield_!(m); event(format!("{y:?}")); } _ => {} }
        }
        yield_!(2);
        match w { Some((c, m)) if m == 2 => { yield_!(m); event(format!("{c:?}")); w = None; } _ => {} }
        yield_!(3);
    }
    with (noisy("a"), noisy("b"), noisy("c"), 2)
}

compare! {
    fn references_in_fields(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut n = 1;
        {
            let r = R(&mut n, noisy("1"), (noisy("2.0"), noisy("2.1"), Some(noisy("2.2"))));
            let c = yield_!(1);
            match r { R(m, _, _) if c => { *m += 1; yield_!(2); } _ => {} }
            match r { R(_, x, (a, ..)) if c => { yield_!(3); drop(x); } R(_, _, (.., z)) => { yield_!(4); } }
            yield_!(5);
            match r { R(.., (_, y, _)) if c => { yield_!(6); } _ => {} }
        }
        yield_!(n);
    }
    with ()
}

compare! {
    fn receivers_and_closures(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let question_0 = ((noisy("0.0"), noisy("0.1")), noisy("1"), (noisy("2.0"), noisy("2.1"), noisy("2.2")));
        let element = (Some(noisy("e.0")), noisy("e.1"), noisy("e.2"));
        let local = V::Two(noisy("l.0"), noisy("l.1"), 3);
        let c = yield_!(1);
        match question_0.0 { (.., x) if c => { yield_!(2); } _ => { yield_!(question_0.0.1.take_it() as u32); } }
        let n = question_0.0.0.look_at();
        match question_0.2 { (.., x) if c => { yield_!(n as u32); } (_, y, _) => { yield_!(3); } }
        let f = move || { event(format!("{:?}", question_0.2.0)); };
        yield_!(4);
        f();
        match element { (Some(e), ..) if c => { yield_!(5); } (.., e) => { yield_!(6); } }
        yield_!(element.1.take_it() as u32);
        if c { if let V::Two(x, ..) = local { yield_!(7); } } else { if let V::Two(.., m) = local { yield_!(m); } match local { V::Two(_, y, 3) | V::One(y) => { yield_!(8); } _ => {} } }
        yield_!(question_0.1.take_it() as u32);
    }
    with ()
}

compare! {
    fn in_a_loop_with_breaks(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut v = V::Two(noisy("a"), noisy("b"), 1);
        let mut c = yield_!(0);
        let mut i = 0;
        loop {
            i += 1;
            if i > 4 { break; }
            match v {
                V::Two(x, _, m) if c => { c = yield_!(m); drop(x); v = V::One(noisy("one")); continue; }
                V::One(x) => { c = yield_!(2); v = V::Two(x, noisy("b"), i); continue; }
                _ => {}
            }
            c = yield_!(3);
            while let V::Two(_, y, m) = v {
                c = yield_!(m);
                v = if m > 2 { V::Zero } else { V::Two(noisy("more"), y, m + 1) };
                if c { break; }
            }
            if let V::Zero = v { v = V::Two(noisy("x"), noisy("y"), 1); }
        }
        yield_!(4);
    }
    with ()
}
