//! Parts of locals that are moved by their names, where patterns in several arms move others.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

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
