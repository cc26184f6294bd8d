//! Values of which patterns move parts: variants, slices, alternatives, structs matched more than once.
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
    One(Noisy, u32),
    Other(u32, Noisy),
    Both(Noisy, Noisy),
    Deep(Box<(Noisy, Option<Noisy>)>, Noisy),
    Nothing,
}

#[derive(Debug)]
struct Pair {
    a: Option<Noisy>,
    b: Option<Noisy>,
    c: Noisy,
}

fn pair() -> Pair {
    Pair {
        a: Some(noisy("a")),
        b: Some(noisy("b")),
        c: noisy("c"),
    }
}

compare! {
    fn one_of_two_fields_of_a_variant() -> impl Generator<Yield = u32> {
        let op = Op::Both(noisy("left"), noisy("right"));
        let after = noisy("after");
        yield_!(1);
        if let Op::Both(_, right) = op {
            yield_!(right.name().len() as u32);
        }
        yield_!(2);
        drop(after);
        yield_!(3);
    }
}

compare! {
    fn alternatives_that_bind_in_different_places(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        for turn in 0..3 {
            let op = match turn {
                0 => Op::One(noisy("one"), 1),
                1 => Op::Other(1, noisy("other")),
                _ => Op::Both(noisy("x"), noisy("y")),
            };
            yield_!(turn);
            match op {
                Op::One(s, 1) | Op::Other(1, s) | Op::Both(s, _) => {
                    yield_!(s.name().len() as u32);
                }
                _ => {}
            }
            yield_!(n);
        }
    }
}

compare! {
    fn alternatives_told_apart_by_literals() -> impl Generator<Yield = u32> {
        for (x, y) in [(1, 2), (2, 1)] {
            let t = (x, noisy("first"), y, noisy("second"));
            yield_!(x);
            if let (1, s, _, _) | (_, _, 1, s) = t {
                yield_!(s.name().len() as u32);
            }
            yield_!(y);
        }
    }
}

compare! {
    fn a_struct_matched_twice() -> impl Generator<Yield = u32> {
        let p = pair();
        yield_!(1);
        let Pair { a: Some(a), .. } = p else { return };
        yield_!(2);
        let last = p.c;
        yield_!(3);
        event(format!("{a:?} {last:?}"));
    }
}

compare! {
    fn a_tuple_taken_apart_twice() -> impl Generator<Yield = u32> {
        let t = (Some(noisy("a")), Some(noisy("b")), noisy("c"));
        yield_!(1);
        let (Some(a), _, _) = t else { return };
        yield_!(2);
        let (_, Some(b), _) = t else { return };
        yield_!(3);
        drop(a);
        yield_!(4);
        drop(b);
        yield_!(5);
    }
}

compare! {
    fn what_another_field_was_has_changed() -> impl Generator<Yield = u32> {
        let mut t = (Some(1), (noisy("moved"), noisy("left")), 7);
        yield_!(1);
        if let (Some(1), (s, _), 7) = t {
            yield_!(s.name().len() as u32);
        }
        t.0 = None;
        t.2 = 8;
        yield_!(2);
    }
}

// An array that is whole is not compared: one whose elements are moved elsewhere rustc 1.95 drops from the
// last to the first, where the reference ("Destructors") says from the first to the last.
compare! {
    fn slices_and_arrays() -> impl Generator<Yield = u32> {
        let list = [noisy("a"), noisy("b"), noisy("c")];
        let [first, .., last] = list;
        yield_!(2);
        drop(last);
        yield_!(first.name().len() as u32);
        let nested = [[noisy("e"), noisy("f")], [noisy("g"), noisy("h")]];
        let [[_, f], rest @ [..]] = nested;
        yield_!(f.name().len() as u32 + rest.len() as u32);
    }
}

compare! {
    fn moved_and_borrowed_by_one_pattern() -> impl Generator<Yield = u32> {
        let t = (noisy("moved"), noisy("borrowed"), (noisy("also moved"), noisy("left")));
        yield_!(1);
        let (m, ref b, (also, _)) = t;
        yield_!(b.name().len() as u32);
        drop(m);
        yield_!(b.name().len() as u32);
        drop(also);
        yield_!(b.name().len() as u32);
    }
}

compare! {
    fn partly_through_a_reference() -> impl Generator<Yield = u32> {
        let lent = Some(noisy("lent"));
        let t = (noisy("moved"), &lent, noisy("left"));
        yield_!(1);
        let (m, Some(inner), _) = t else { return };
        yield_!(inner.name().len() as u32);
        drop(m);
        yield_!(2);
    }
}

compare! {
    fn reassigned_and_moved_again_in_a_loop(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let mut op = Op::Both(noisy("x0"), noisy("y0"));
        for turn in 1..4 {
            yield_!(turn);
            match op {
                Op::Both(x, _) if turn != 2 => {
                    event(format!("{x:?}"));
                    op = Op::One(x, turn);
                }
                Op::One(s, n) => {
                    yield_!(n);
                    op = Op::Both(noisy(format!("x{turn}")), s);
                }
                other => {
                    yield_!(9);
                    op = other;
                }
            }
        }
        event(format!("{op:?} {n}"));
    }
}

compare! {
    fn boxes_in_variants() -> impl Generator<Yield = u32> {
        let op = Op::Deep(Box::new((noisy("in"), Some(noisy("some")))), noisy("out"));
        yield_!(1);
        match op {
            Op::Deep(deep, _) => {
                yield_!(2);
                let (a, Some(b)) = *deep else { return };
                yield_!(3);
                drop(a);
                yield_!(4);
                drop(b);
                yield_!(5);
            }
            _ => {}
        }
        yield_!(6);
    }
}

compare! {
    fn guards_between_moves(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let outer = noisy("outer");
        let op = Op::Both(noisy("x"), noisy("y"));
        let later = noisy("later");
        yield_!(1);
        let text = match op {
            Op::Both(x, _) if mk(x.name().len()) > 5 => x,
            Op::Both(_, y) if { let t = noisy("in guard"); mk(y.name().len()) == 1 } => {
                yield_!(2);
                y
            }
            _ => later,
        };
        yield_!(text.name().len() as u32 + n);
        drop(outer);
    }
}

compare! {
    fn at_bindings() -> impl Generator<Yield = u32> {
        let op = Some(Op::One(noisy("one"), 3));
        yield_!(1);
        match op {
            Some(whole @ Op::One(..)) => {
                yield_!(2);
                match whole {
                    Op::One(s, n @ 1..=3) => yield_!(n + s.name().len() as u32),
                    rest @ (Op::Nothing | Op::Both(..)) => drop(rest),
                    _ => {}
                }
            }
            _ => {}
        }
        yield_!(3);
    }
}

compare! {
    fn the_item_of_a_loop_is_taken_apart() -> impl Generator<Yield = u32> {
        for (a, _, [b, ..]) in vec![
            (noisy("a1"), noisy("left1"), [noisy("b1"), noisy("c1")]),
            (noisy("a2"), noisy("left2"), [noisy("b2"), noisy("c2")]),
        ] {
            yield_!(1);
            drop(b);
            yield_!(a.name().len() as u32);
        }
    }
}

compare! {
    fn a_temporary_is_taken_apart() -> impl Generator<Yield = u32> {
        match (noisy("a"), Op::Both(noisy("x"), noisy("y")), noisy("c")) {
            (a, Op::Both(x, _), _) => {
                yield_!(1);
                drop(x);
                yield_!(a.name().len() as u32);
            }
            _ => {}
        }
        let Op::One(s, _) = Op::One(noisy("s"), mk(2)) else { return };
        yield_!(s.name().len() as u32);
    }
}

compare! {
    fn parameters_are_taken_apart(
        (a, _): (Noisy, Noisy),
        [_, x]: [Noisy; 2],
        Pair { c, ref b, .. }: Pair,
    ) -> impl Generator<Yield = u32> {
        yield_!(b.as_ref().map_or(0, |b| b.name().len() as u32));
        drop(x);
        yield_!(a.name().len() as u32);
        drop(c);
        yield_!(1);
    }
    with ((noisy("a"), noisy("left")), [noisy("w"), noisy("x")], pair())
}

compare! {
    fn a_type_with_variants_named_as_in_std() -> impl Generator<Yield = u32> {
        #[derive(Debug)]
        enum Loud { Some(u32), None }
        impl Drop for Loud {
            fn drop(&mut self) { event(format!("drop {self:?}")); }
        }
        let kept = Loud::Some(1);
        match Loud::Some(2) {
            Loud::Some(n) => yield_!(n),
            Loud::None => {}
        }
        yield_!(3);
        match kept {
            Loud::Some(n) => {
                yield_!(n);
                event("in the arm");
            }
            Loud::None => {}
        }
        yield_!(4);
        if let Loud::Some(n) = Loud::Some(5) {
            yield_!(n);
        }
        yield_!(6);
    }
}

#[derive(Debug)]
struct Options {
    first: Noisy,
    second: Noisy,
    third: u32,
    fourth: Noisy,
}

fn options() -> Options {
    Options {
        first: noisy("first"),
        second: noisy("second"),
        third: 3,
        fourth: noisy("fourth"),
    }
}

compare! {
    fn literals_that_take_the_rest() -> impl Generator<Yield = u32> {
        let base = options();
        yield_!(1);
        let other = Options { second: noisy("new"), third: mk(4), ..base };
        yield_!(2);
        drop(base.second);
        yield_!(3);
        let last = Options { first: noisy("f"), second: { yield_!(4); noisy("s") }, ..other };
        yield_!(last.third);
        let held = (options(), noisy("beside"));
        yield_!(5);
        let taken = Options { fourth: noisy("g"), ..held.0 };
        yield_!(6);
        event(format!("{taken:?} {:?}", held.1));
    }
}

struct Boxes {
    one: Box<Noisy>,
    two: Box<(Noisy, Noisy)>,
    rest: Noisy,
}

compare! {
    fn boxes_in_fields_are_emptied_and_assigned(#[resume] again: bool) -> impl Generator<bool, Yield = u32> {
        let mut b = Boxes {
            one: Box::new(noisy("one")),
            two: Box::new((noisy("two.0"), noisy("two.1"))),
            rest: noisy("rest"),
        };
        let mut again = again;
        for i in 0..3 {
            again = yield_!(i);
            if again {
                drop(*b.one);
                b.one = Box::new(noisy(format!("one {i}")));
            }
            again = yield_!(10 + i);
            if !again {
                drop(b.two.1);
                yield_!(20 + i);
            } else {
                let two = *b.two;
                yield_!(30 + i);
                event(format!("{two:?}"));
            }
            b.two = Box::new((noisy(format!("two.0 {i}")), noisy(format!("two.1 {i}"))));
        }
        yield_!(b.rest.name().len() as u32);
        let one = *b.one;
        yield_!(40);
        (b.one, b.two.0) = (Box::new(one), noisy("swapped"));
        yield_!(b.one.name().len() as u32);
    }
    with ()
}

compare! {
    fn structs_are_assigned_after_parts_of_them_were_moved(#[resume] again: bool) -> impl Generator<bool, Yield = u32> {
        let mut p = (pair(), Op::Both(noisy("left"), noisy("right")), (noisy("x"), noisy("y")));
        let mut again = again;
        for i in 0..3 {
            if again {
                drop(p.0.c);
            } else if i == 1 {
                let Pair { a, .. } = p.0;
                yield_!(i);
                event(format!("{a:?}"));
            }
            again = yield_!(10 + i);
            p.0 = pair();
            if again {
                if let Op::Both(left, _) = p.1 {
                    yield_!(left.name().len() as u32);
                }
            }
            p.1 = Op::One(noisy(format!("one {i}")), i);
            let (x, _) = p.2;
            again = yield_!(20 + i);
            event(format!("{x:?}"));
            p.2.0 = x;
        }
    }
    with ()
}

compare! {
    fn arms_that_take_other_parts(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32, Return = u32> {
        for turn in 0..5 {
            match (noisy("a"), Some(noisy("b"))) {
                (.., None) => {}
                (a, Some(b)) if turn == 0 && a.name() == b.name() => drop(yield_!(1)),
                (a, ..) if turn == 1 => {
                    yield_!(2);
                    event(format!("{a:?}"));
                }
                (.., Some(b)) if turn == 2 => event(format!("{b:?}")),
                (_, b @ Some(_)) if turn == 3 => {
                    yield_!(3);
                    event(format!("{b:?}"));
                }
                both @ _ => {
                    yield_!(4);
                    event(format!("{both:?}"));
                }
            }
        }
        let kept = (noisy("c"), noisy("d"));
        yield_!(5);
        match kept {
            (.., d) if d.name() == "e" => drop(d),
            (c, ..) => drop(c),
        }
        yield_!(6);
        7
    }
}

fn made(name: &str) -> Pair {
    Pair {
        a: Some(noisy(format!("{name}.a"))),
        b: Some(noisy(format!("{name}.b"))),
        c: noisy(format!("{name}.c")),
    }
}

compare! {
    fn struct_update_from_a_temporary(#[resume] again: bool) -> impl Generator<bool, Yield = Pair> {
        let left = noisy("left");
        let again = yield_!(Pair { b: Some(left), ..made("one") });
        let kept = Pair { a: None, ..made("two") };
        let again = yield_!(Pair { c: noisy("c"), ..made(if again { "three" } else { "four" }) });
        let pair = (Pair { a: None, b: None, ..made("five") }, yield_!(kept)).0;
        event(format!("{pair:?}"));
        let pair = Pair { a: Some(noisy("six")), ..{ yield_!(pair); made("seven") } };
        event(format!("{pair:?}"));
    }
}

// Between the array and the pattern nothing happens, or rustc would drop the whole array from its last element.
compare! {
    fn what_is_left_of_arrays() -> impl Generator<Yield = u32> {
        let one = [noisy("0"), noisy("1"), noisy("2"), noisy("3"), noisy("4")];
        let [_, _, third, ..] = one;
        yield_!(1);
        let two = [noisy("a"), noisy("b"), noisy("c"), noisy("d"), noisy("e")];
        let [_, b, _, d, _] = two;
        yield_!(2);
        let pair = (noisy("left"), [noisy("x"), noisy("y"), noisy("z")]);
        let [_, y, _] = pair.1;
        yield_!(3);
        let sliced = [noisy("5"), noisy("6"), noisy("7"), noisy("8")];
        let [_, middle @ .., _] = sliced;
        yield_!(4);
    }
}

#[derive(Debug)]
enum Two {
    Both(Option<(Noisy, Noisy)>, Option<(Noisy, Noisy)>),
    Nothing,
}

compare! {
    fn a_pattern_of_a_variant_refers_and_takes(list: Vec<u32>) -> impl Generator<Yield = u32, Return = usize> {
        let mut length = 0;
        for n in list {
            let all = (Two::Both(Some((noisy("a"), noisy("b"))), Some((noisy("c"), noisy("d")))), noisy("end"));
            yield_!(n);
            match all.0 {
                Two::Both(Some((ref a, b)), _) if n == 0 => { event(format!("{a:?}")); drop(b); yield_!(1) }
                Two::Both(ref first @ Some(_), Some((c, ref d))) if n == 1 => { event(format!("{first:?} {d:?}")); yield_!(2); drop(c) }
                Two::Both(Some((_, b)), Some((ref c, d))) if n == 2 => { drop(d); event(format!("{c:?}")); yield_!(3); length += b.name().len() }
                Two::Both(ref a, Some(both)) if n == 3 => { yield_!(4); event(format!("{a:?}")); drop(both.0); yield_!(5) }
                ref all => { yield_!(6); event(format!("{all:?}")) }
            }
            match all {
                (_, ref end) if n == 4 => event(format!("{end:?}")),
                (_, end) => drop(end),
            }
            yield_!(7);
        }
        length
    }
    with (vec![0, 1, 2, 3, 4])
}

compare! {
    fn the_rest_of_a_slice_is_referred_to(flag: bool) -> impl Generator<Yield = u32, Return = usize> {
        let list = [(Some(noisy("a")), 1), (None, 2), (None, 3)];
        yield_!(1);
        let [(a, _), ref rest @ ..] = list;
        yield_!(rest[0].1 + rest[1].1);
        event(format!("{rest:?}"));
        drop(a);
        yield_!(2);
        let (ref first, [.., last]) = (noisy("x"), [noisy("y")]);
        yield_!(3);
        last.name().len() + first.name().len()
    }
    with (true)
}
