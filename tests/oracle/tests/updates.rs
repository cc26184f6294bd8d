//! Struct literals that take what they do not name from a local of which other parts are moved.
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
struct P {
    a: Noisy,
    pair: (Noisy, Noisy),
    op: Inner,
    b: Noisy,
    n: u32,
}

#[derive(Debug)]
struct Q(Noisy, P, Option<Noisy>, u32);

#[derive(Debug)]
struct G<T> {
    one: T,
    two: T,
    three: Vec<T>,
}

fn p() -> P {
    P {
        a: noisy("a"),
        pair: (noisy("pair.0"), noisy("pair.1")),
        op: Inner::Pair(noisy("op.0"), noisy("op.1")),
        b: noisy("b"),
        n: 1,
    }
}

fn q() -> Q {
    Q(noisy("q.0"), p(), Some(noisy("q.2")), 4)
}

fn g() -> G<Noisy> {
    G {
        one: noisy("one"),
        two: noisy("two"),
        three: vec![noisy("three.0"), noisy("three.1")],
    }
}

fn check(_: bool) -> bool {
    event("check");
    true
}

fn again(n: Noisy) -> Noisy {
    event(format!("{n:?}"));
    n
}

compare! {
    fn a_field_moved_before() -> impl Generator<Yield = u32> {
        let p = p();
        yield_!(1);
        drop(p.a);
        yield_!(2);
        let q = P { a: noisy("a2"), b: noisy("b2"), ..p };
        yield_!(3);
    }
}

compare! {
    fn a_field_moved_in_the_literal() -> impl Generator<Yield = u32> {
        let p = p();
        yield_!(1);
        let q = P { a: again(p.a), b: noisy("b2"), ..p };
        yield_!(2);
        let r = P { b: again(q.b), pair: (q.pair.1, q.pair.0), ..q };
        yield_!(3);
    }
}

compare! {
    fn on_two_paths(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let p = p();
        let c = yield_!(1);
        if c {
            let q = P { a: noisy("a2"), ..p };
            yield_!(2);
        } else {
            drop(p.b);
            yield_!(3);
            drop(p.pair.0);
        }
        yield_!(4);
    }
    with ()
}

compare! {
    fn part_of_a_named_field_moved(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let p = p();
        let c = yield_!(1);
        if c { drop(p.pair.0); }
        if let Inner::Pair(x, _) = p.op { yield_!(6); }
        yield_!(2);
        let q = P { pair: (noisy("new.0"), noisy("new.1")), op: Inner::None, ..p };
        yield_!(3);
        drop(p.pair.1);
        yield_!(4);
    }
    with ()
}

compare! {
    fn two_literals() -> impl Generator<Yield = u32> {
        let p = p();
        yield_!(1);
        let q = P { a: noisy("a2"), b: noisy("b2"), ..p };
        yield_!(2);
        let r = P { pair: (noisy("new.0"), noisy("new.1")), op: Inner::None, b: noisy("b3"), ..p };
        yield_!(3);
    }
}

compare! {
    fn held_in_a_tuple(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let t = (p(), noisy("beside"));
        let c = yield_!(1);
        if c {
            let P { pair: (x, _), .. } = t.0;
            yield_!(2);
            let q = P { pair: (noisy("new.0"), x), ..t.0 };
            yield_!(3);
        } else {
            match t.0 {
                P { op: Inner::Pair(a, _), .. } if check(true) => { yield_!(4); }
                _ => {}
            }
            yield_!(5);
            drop(t.0.a);
        }
        yield_!(6);
    }
    with ()
}

compare! {
    fn across_points(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let p = p();
        let c = yield_!(1);
        let q = P { a: { yield_!(2); again(p.a) }, b: { let b = p.b; yield_!(3); b }, ..p };
        yield_!(4);
    }
    with ()
}

compare! {
    fn tuple_structs_by_literals(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut q = q();
        let mut c = yield_!(1);
        for i in 0..3 {
            if c {
                let r = Q { 0: again(q.0), 2: None, ..q };
                c = yield_!(2);
                drop(q.2);
                c = yield_!(3);
                q.1 = p();
            } else {
                let r = P { a: noisy("new"), pair: (again(q.1.pair.0), noisy("new")), ..q.1 };
                c = yield_!(4);
                if c { drop(q.1.a); yield_!(5); }
                q.1 = r;
                drop(q.0);
            }
            c = yield_!(6);
            q.0 = noisy("0 again");
            (q.2, q.1.a) = (Some(noisy("2 again")), noisy("a again"));
            yield_!(7);
        }
    }
    with ()
}

compare! {
    fn a_box_as_base(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut b = Box::new(p());
        let mut c = yield_!(1);
        for i in 0..2 {
            let r = P { a: again(b.a), b: noisy("b2"), ..*b };
            c = yield_!(2);
            if c { drop(b.b); } else { drop((*b).b); }
            c = yield_!(3);
            b.a = noisy("a again");
            (*b).pair = r.pair;
            c = yield_!(4);
            *b = P { pair: (noisy("p"), noisy("q")), ..p() };
            b.b = noisy("b again");
            yield_!(5);
        }
    }
    with ()
}

compare! {
    fn three_literals(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let g = g();
        let c = yield_!(1);
        let x = G { two: noisy("2"), three: vec![], ..g };
        yield_!(2);
        let y = G { one: noisy("1"), three: vec![], ..g };
        yield_!(3);
        if c { let z = G { one: noisy("1"), two: noisy("2"), ..g }; yield_!(4); }
        yield_!(5);
    }
    with ()
}

compare! {
    fn patterns_and_literals(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut p = p();
        let mut c = yield_!(1);
        for i in 0..2 {
            match p {
                P { op: Inner::Pair(_, x), n, .. } if c => { c = yield_!(n); }
                P { b, .. } if i == 1 => { c = yield_!(2); p.b = b; }
                P { pair: (x, _), .. } => { c = yield_!(3); p.pair.0 = x; }
            }
            p.op = Inner::None;
            c = yield_!(4);
            let r = P { op: Inner::Pair(noisy("r.0"), noisy("r.1")), b: again(p.b), ..p };
            c = yield_!(5);
            p = r;
            p.op = Inner::Pair(noisy("s.0"), noisy("s.1"));
            c = yield_!(6);
        }
    }
    with ()
}
