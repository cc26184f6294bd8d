//! Locals that are assigned in part, after patterns and struct literals have moved those parts.
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

compare! {
    fn a_part_assigned_after_a_pattern_on_all(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut p = p();
        let mut c = yield_!(1);
        for i in 0..3 {
            match p {
                P { op: Inner::Pair(a, _), pair: (_, y), .. } if c => { c = yield_!(2); }
                P { pair: (x, _), .. } => { c = yield_!(3); }
            }
            c = yield_!(4);
            p.pair = (noisy("new.0"), noisy("new.1"));
            c = yield_!(5);
            p.op = Inner::Pair(noisy("again.0"), noisy("again.1"));
            yield_!(6);
        }
    }
    with ()
}

compare! {
    fn the_only_pattern_on_all(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut p = p();
        let mut c = yield_!(1);
        for i in 0..2 {
            if let P { op: Inner::Pair(a, _), pair: (_, y), .. } = p { c = yield_!(2); }
            c = yield_!(4);
            p.pair = (noisy("new.0"), noisy("new.1"));
            if c { let P { pair: (x, _), .. } = p; yield_!(7); p.pair.0 = x; }
            c = yield_!(5);
            p.op = Inner::Pair(noisy("again.0"), noisy("again.1"));
            yield_!(6);
        }
    }
    with ()
}

compare! {
    fn literal_took_what_is_assigned(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut p = p();
        let mut c = yield_!(1);
        if c {
            let q = P { b: noisy("b2"), ..p };
            c = yield_!(2);
            p.a = noisy("a2");
            c = yield_!(3);
            if c { p.pair = (noisy("new.0"), noisy("new.1")); }
            yield_!(4);
        }
        yield_!(5);
    }
    with ()
}

compare! {
    fn literal_took_in_a_loop(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut p = p();
        let mut c = yield_!(1);
        for i in 0..2 {
            if c {
                let q = P { b: noisy("b2"), n: 2, ..p };
                c = yield_!(2);
            }
            (p.a, p.pair) = (noisy("a2"), (noisy("new.0"), noisy("new.1")));
            c = yield_!(3);
            p.op = Inner::Pair(noisy("op2.0"), noisy("op2.1"));
            c = yield_!(4);
        }
        yield_!(5);
    }
    with ()
}

compare! {
    fn boxes_by_two_names(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut b = Box::new((noisy("0"), (noisy("1.0"), noisy("1.1"))));
        let mut h = (Box::new((noisy("h.0"), (noisy("h.1.0"), noisy("h.1.1")))), noisy("h"));
        let mut c = yield_!(1);
        for i in 0..2 {
            if c { drop((*b).0); c = yield_!(2); }
            b.0 = noisy("0 again");
            c = yield_!(3);
            if c { drop(b.1.0); c = yield_!(4); }
            (*b).1 = (noisy("1.0 again"), noisy("1.1 again"));
            c = yield_!(5);
            if c { drop((*h.0).1.1); } else { drop(h.0.1); }
            c = yield_!(6);
            h.0.1 = (noisy("1.0 again"), noisy("1.1 again"));
            yield_!(7);
            if c { drop(h.0.0); } else { drop((*h.0).0); }
            yield_!(8);
            *h.0 = (noisy("h.0 again"), (noisy("h.1.0 again"), noisy("h.1.1 again")));
        }
        yield_!(9);
    }
    with ()
}

compare! {
    fn patterns_on_boxes_and_their_fields(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut b = (Box::new((noisy("0"), Inner::Pair(noisy("1.0"), noisy("1.1")))), noisy("beside"));
        let mut c = yield_!(1);
        for i in 0..2 {
            match *b.0 {
                (x, _) if c => { c = yield_!(2); }
                (_, Inner::Pair(_, y)) if c => { c = yield_!(2); }
                _ => {}
            }
            b.0.0 = noisy("0 again");
            c = yield_!(3);
            b.0.1 = Inner::Pair(noisy("1.0 again"), noisy("1.1 again"));
            c = yield_!(4);
            let (x, _) = *b.0;
            yield_!(5);
            (*b.0).0 = x;
            yield_!(6);
        }
    }
    with ()
}

compare! {
    fn nested_fields_are_assigned(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut t = (q(), noisy("t"));
        let mut c = yield_!(1);
        for i in 0..3 {
            match t {
                (Q(a, P { pair: (x, _), .. }, ..), _) if c => { c = yield_!(2); t.0.0 = a; }
                (Q(_, P { pair: (_, y), op: Inner::Pair(z, _), .. }, Some(w), _), _) => { c = yield_!(3); t.0.2 = Some(w); t.0.1.pair.1 = y; }
                (Q(.., 4), _) => {}
                _ => {}
            }
            c = yield_!(4);
            t.0.1.op = Inner::Pair(noisy("o.0"), noisy("o.1"));
            t.0.1.pair = (noisy("p.0"), noisy("p.1"));
            c = yield_!(5);
            t.0.2 = Some(noisy("2 again"));
            if c { drop(t.0.1); c = yield_!(6); t.0.1 = p(); }
        }
    }
    with ()
}

#[derive(Debug)]
struct Cell {
    op: Option<Noisy>,
    pair: Box<(Noisy, Noisy)>,
}

compare! {
    fn behind_a_reference_that_a_pattern_takes_apart(mut all: Vec<Option<Noisy>>, mut cell: Cell) -> impl Generator<Yield = usize, Return = (Vec<Option<Noisy>>, Cell)> {
        for each in all.iter_mut() {
            yield_!(1);
            match each { None => *each = Some(noisy("new")), Some(old) => { old.rename("'"); } }
        }
        for each in all.iter_mut().chain([&mut cell.op]) {
            yield_!(2);
            match each { Some(old) if old.name() == "new" => *each = None, Some(old) => { old.rename("'"); }, None => *each = Some(noisy("newer")) }
        }
        let place = &mut cell;
        yield_!(3);
        match place { Cell { op: None, .. } => *place = Cell { op: None, pair: Box::new((noisy("c"), noisy("d"))) }, Cell { op, .. } => *op = None }
        match place.op { None => place.op = Some(noisy("op")), Some(ref mut op) => { op.rename("'"); } }
        let mut pairs = vec![(noisy("e"), noisy("f"))];
        for pair in pairs.iter_mut() {
            let (one, other) = pair;
            yield_!(one.name().len());
            other.rename("'");
            *pair = (noisy("g"), noisy("h"));
        }
        (all, cell)
    }
    with (vec![Some(noisy("a")), None, Some(noisy("b"))], Cell { op: None, pair: Box::new((noisy("x"), noisy("y"))) })
}

compare! {
    fn in_a_box_that_a_pattern_may_take(mut cell: Cell, #[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Cell> {
        yield_!(n);
        match cell {
            Cell { pair, .. } if n == 1 => drop(pair),
            Cell { op, .. } if n == 2 => { *cell.pair = (noisy("one"), noisy("two")); drop(op); }
            _ => { cell.pair.0 = noisy("one"); *cell.pair = (noisy("two"), noisy("three")); }
        }
        cell.op = None;
        yield_!(2);
        cell.pair = Box::new((noisy("four"), noisy("five")));
        *cell.pair = (noisy("six"), noisy("seven"));
        let (six, _) = *cell.pair;
        yield_!(3);
        cell.pair.0 = noisy("eight");
        drop(six);
        cell
    }
    with (Cell { op: Some(noisy("op")), pair: Box::new((noisy("x"), noisy("y"))) })
}
