//! Patterns in different `match`es of one local, which take different parts of it.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

#[derive(Debug)]
enum Op {
    Both(Noisy, Noisy, u32),
    Deep(Inner, Inner),
    Named { left: Noisy, right: Inner },
    Nothing,
}

#[derive(Debug)]
enum Inner {
    Pair(Noisy, Noisy),
    None,
}

#[derive(Debug)]
struct Three(Noisy, Noisy, Noisy);

#[derive(Debug)]
struct Nested {
    n: u32,
    one: Inner,
    two: Inner,
    three: Three,
}

#[derive(Debug)]
enum Single {
    Only(Noisy, Inner, Noisy),
}

fn nested() -> Nested {
    Nested {
        n: 3,
        one: Inner::Pair(noisy("one.0"), noisy("one.1")),
        two: Inner::Pair(noisy("two.0"), noisy("two.1")),
        three: three("three"),
    }
}

fn three(name: &str) -> Three {
    Three(
        noisy(format!("{name}.0")),
        noisy(format!("{name}.1")),
        noisy(format!("{name}.2")),
    )
}

#[derive(Debug)]
enum Big {
    Four(Noisy, Inner, Noisy, (Noisy, Noisy)),
    Other(Noisy, Noisy),
    No,
}

use Big as Large;

fn big() -> Big {
    Big::Four(
        noisy("0"),
        Inner::Pair(noisy("1.0"), noisy("1.1")),
        noisy("2"),
        (noisy("3.0"), noisy("3.1")),
    )
}

#[derive(Debug)]
enum Odd {
    Only(Noisy, Noisy),
    Never(core::convert::Infallible),
}

#[derive(Debug)]
struct Maybe(Option<Noisy>, Option<Noisy>, u32);

compare! {
    fn other_fields_of_one_variant_on_two_paths(#[resume] first: bool) -> impl Generator<bool, Yield = u32> {
        let mut first = first;
        for i in 0..3 {
            let op = Op::Both(noisy("left"), noisy("right"), 1);
            first = yield_!(i);
            if first {
                match op {
                    Op::Both(a, _, n) => { yield_!(n); }
                    _ => {}
                }
            } else {
                match op {
                    Op::Both(_, b, n) => { yield_!(10 + n); }
                    _ => {}
                }
            }
            yield_!(20 + i);
        }
    }
    with ()
}

compare! {
    fn three_paths_and_overlapping_fields(#[resume] turn: u32) -> impl Generator<u32, Yield = u32> {
        let mut turn = turn;
        for i in 0..2 {
            let op = Op::Deep(
                Inner::Pair(noisy("a"), noisy("b")),
                Inner::Pair(noisy("c"), noisy("d")),
            );
            turn = yield_!(i);
            if i == 0 {
                if let Op::Deep(Inner::Pair(a, _), Inner::Pair(_, d)) = op { yield_!(1); }
            } else if turn == 1 {
                if let Op::Deep(Inner::Pair(_, b), _) = op { yield_!(2); }
            } else if turn == 2 {
                if let Op::Deep(_, Inner::Pair(c, d)) = op { yield_!(3); }
            } else {
                match op {
                    Op::Deep(x, Inner::Pair(_, y)) => { yield_!(4); }
                    Op::Deep(_, x) => {}
                    Op::Nothing => {}
                    _ => {}
                }
            }
            turn = yield_!(20 + i);
        }
    }
    with ()
}

compare! {
    fn a_struct_by_several_arms_in_turn() -> impl Generator<Yield = u32> {
        let t = three("t");
        yield_!(1);
        match t {
            Three(a, ..) if a.name() == "t.0" => { yield_!(2); }
            _ => {}
        }
        match t {
            Three(_, b, _) if b.name() == "x" => { yield_!(3); }
            Three(.., c) => { yield_!(4); }
        }
        yield_!(5);
    }
}

compare! {
    fn fields_that_are_copied_by_both() -> impl Generator<Yield = u32> {
        let t = nested();
        yield_!(1);
        match t {
            Nested { n, one: Inner::Pair(a, _), .. } if n == 3 => { yield_!(n); }
            _ => {}
        }
        yield_!(2);
        match t {
            Nested { n, two: Inner::Pair(_, b), .. } if n == 3 => { yield_!(n); }
            _ => {}
        }
        yield_!(3);
        match t {
            Nested { n: 4, .. } => {}
            Nested { n, three: Three(_, c, _), .. } => { yield_!(n); }
        }
        yield_!(4);
    }
}

compare! {
    fn overlapping_fields_of_a_struct(#[resume] first: bool) -> impl Generator<bool, Yield = u32> {
        let mut first = first;
        for i in 0..2 {
            let t = three("t");
            first = yield_!(i);
            if first {
                match t {
                    Three(a, b, _) if a.name() == "t.0" => { yield_!(2); }
                    _ => {}
                }
            } else {
                match t {
                    Three(_, b, c) if b.name() == "t.1" => { yield_!(3); }
                    _ => {}
                }
            }
            first = yield_!(10 + i);
        }
    }
    with ()
}

compare! {
    fn the_only_variant_in_turn() -> impl Generator<Yield = u32> {
        let s = Single::Only(noisy("a"), Inner::Pair(noisy("b"), noisy("c")), noisy("d"));
        yield_!(1);
        match s {
            Single::Only(a, ..) if a.name() == "a" => { yield_!(2); }
            Single::Only(.., d) => { yield_!(3); }
        }
        let mut more = yield_!(4);
        match s {
            Single::Only(_, Inner::Pair(_, c), _) => { yield_!(5); }
            _ => {}
        }
        yield_!(6);
    }
}

compare! {
    fn enums_in_fields_of_a_variant(#[resume] first: bool) -> impl Generator<bool, Yield = u32> {
        let mut first = first;
        for i in 0..3 {
            let op = Op::Named { left: noisy("left"), right: Inner::Pair(noisy("x"), noisy("y")) };
            first = yield_!(i);
            let pair = (op, Inner::Pair(noisy("p"), noisy("q")));
            if first {
                match pair {
                    (Op::Named { left, .. }, Inner::Pair(_, q)) if i > 0 => { yield_!(1); }
                    (Op::Named { left: _, right: Inner::Pair(x, _) }, _) => { yield_!(2); }
                    _ => {}
                }
            } else {
                match pair {
                    (Op::Named { left, right: Inner::Pair(_, y) }, _) if i > 0 => { yield_!(3); }
                    (Op::Named { right, left: _ }, Inner::Pair(p, _)) => { yield_!(4); }
                    _ => {}
                }
            }
            first = yield_!(20 + i);
        }
    }
    with ()
}

compare! {
    fn five_paths(#[resume] turn: u32) -> impl Generator<u32, Yield = u32> {
        let mut turn = turn;
        for i in 0..8 {
            let b = big();
            turn = yield_!(i);
            if i == 0 { match b { Big::Four(a, ..) => { yield_!(1); } _ => {} } }
            else if i == 1 { match b { Big::Four(_, Inner::Pair(x, _), ..) => { yield_!(1); } Big::Other(_, x) => {} _ => {} } }
            else if i == 2 { match b { Big::Four(_, Inner::Pair(_, x), y, _) => { yield_!(1); } _ => {} } }
            else if i == 3 { match b { Big::Four(.., (x, _)) => { yield_!(1); } _ => {} } }
            else if i == 4 { match b { Big::Four(_, x, .., (_, y)) => { yield_!(1); } Big::Other(x, _) => {} _ => {} } }
            else if i == 5 { match b { Large::Four(.., y, (_, _)) => { yield_!(1); } Large::Other(x, _) => {} _ => {} } }
            else { if let Big::Four(.., x @ (_, _)) = b { yield_!(1); } }
            turn = yield_!(20 + i);
        }
    }
    with ()
}

compare! {
    fn boxed_enums(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut c = c;
        for i in 0..2 {
            let b = (Box::new(big()), noisy("beside"));
            c = yield_!(1);
            if c { if let Big::Four(a, ..) = *b.0 { yield_!(2); } }
            else { match *b.0 { Big::Four(_, Inner::Pair(x, _), ..) => { yield_!(1); } Big::Other(_, x) => {} _ => {} } }
            c = yield_!(3);
        }
    }
    with ()
}

compare! {
    fn let_else_in_turn(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut c = c;
        for i in 0..2 {
            let b = big();
            c = yield_!(1);
            if c {
                let Big::Four(a, .., (_, z)) = b else { return };
                yield_!(2);
            } else {
                let Big::Four(_, Inner::Pair(a, _), z, ..) = b else { return };
                yield_!(3);
            }
            c = yield_!(4);
        }
    }
    with ()
}

compare! {
    fn guards_that_suspend(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let s = (Maybe(Some(noisy("a")), Some(noisy("b")), 1), noisy("beside"));
        let c = yield_!(1);
        match s.0 {
            Maybe(Some(a), _, n) if yield_!(n) => { yield_!(2); }
            Maybe(_, Some(b), n) if !c => { yield_!(3); }
            _ => {}
        }
        yield_!(4);
        match s { (Maybe(.., n), beside) if yield_!(n) => { yield_!(5); } _ => {} }
        yield_!(6);
    }
    with ()
}

compare! {
    fn arms_of_one_match_then_another(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let s = Maybe(Some(noisy("a")), Some(noisy("b")), 1);
        let mut c = yield_!(1);
        match s {
            Maybe(Some(a), _, n) if c => { c = yield_!(2); }
            _ => {}
        }
        match s {
            Maybe(_, Some(b), n) if c => { c = yield_!(3); }
            Maybe(.., 2) => {}
            Maybe(_, b, _) => { yield_!(3); }
        }
        yield_!(4);
    }
    with ()
}

compare! {
    fn arrays_in_turn(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let c = yield_!(1);
        let a = [Inner::Pair(noisy("0.0"), noisy("0.1")), Inner::Pair(noisy("1.0"), noisy("1.1"))];
        let [Inner::Pair(x, _), _] = a else { return };
        yield_!(3);
        let [_, Inner::Pair(_, y)] = a else { return };
        yield_!(4);
    }
    with ()
}

compare! {
    fn options_of_tuples(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut c = c;
        for i in 0..2 {
            let o = (Some((noisy("a"), noisy("b"))), 1);
            c = yield_!(1);
            if c { if let Some((a, _)) = o.0 { yield_!(2); } }
            else { match o { (Some((_, b)), n) if n == 1 => { yield_!(n); } _ => {} } }
            c = yield_!(3);
        }
    }
    with ()
}

compare! {
    fn the_other_variant_cannot_be(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut c = c;
        for i in 0..2 {
            let o = Odd::Only(noisy("a"), noisy("b"));
            c = yield_!(1);
            if c { match o { Odd::Only(a, _) => { yield_!(2); } Odd::Never(_) => {} } }
            else { match o { Odd::Only(_, b) => { yield_!(3); } _ => {} } }
            c = yield_!(3);
        }
    }
    with ()
}
