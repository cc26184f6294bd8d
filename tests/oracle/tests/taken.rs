//! Parts of one local taken one after the other, by patterns and struct literals, and assigned in between.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    irrefutable_let_patterns,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, noisy};

struct Two {
    a: Noisy,
    b: Noisy,
}

struct Three {
    a: Noisy,
    b: Noisy,
    n: u32,
}

struct Tuple(Noisy, Noisy, u32);

fn three(name: &str) -> Three {
    Three {
        a: noisy(format!("{name}.a")),
        b: noisy(format!("{name}.b")),
        n: 1,
    }
}

// Of an array that is taken apart rustc drops what is left from the end, and all of it before any is taken: so nothing
// is left here but one, and nothing happens before.

compare! {
    fn elements_one_after_the_other() -> impl Generator<Yield = u32> {
        let array = [noisy("0"), noisy("1")];
        let [a, _] = array;
        yield_!(1);
        let [_, b] = array;
        yield_!(2);
    }
}

compare! {
    fn elements_of_options() -> impl Generator<Yield = u32> {
        let array = [Some(noisy("0")), Some(noisy("1"))];
        if let [Some(a), ..] = array {
            yield_!(1);
        }
        if let [.., Some(b)] = array {
            yield_!(2);
        }
        yield_!(3);
    }
}

compare! {
    fn elements_with_more_after_them() -> impl Generator<Yield = u32> {
        let array = [noisy("0"), noisy("1"), noisy("2")];
        let [_, more @ ..] = array;
        yield_!(1);
        let [first, ..] = array;
        yield_!(2);
    }
}

compare! {
    fn of_a_box() -> impl Generator<Yield = u32> {
        let boxed = Box::new([noisy("0"), noisy("1")]);
        let [x, _] = *boxed;
        yield_!(1);
        let [_, y] = *boxed;
        yield_!(2);
    }
}

compare! {
    fn fields_by_patterns_that_may_fail() -> impl Generator<Yield = u32> {
        let whole = three("whole");
        yield_!(0);
        match whole {
            Three { a, n: 1, .. } => { yield_!(1); }
            Three { n, .. } => {}
        }
        yield_!(2);
        match whole {
            Three { b, n: 1, .. } => { yield_!(3); }
            Three { n, .. } => {}
        }
        yield_!(4);
        let tuple = Tuple(noisy("t0"), noisy("t1"), 1);
        yield_!(5);
        if let Tuple(a, _, 1) = tuple {
            yield_!(6);
        }
        if let Tuple(_, b, 1) = tuple {
            yield_!(7);
        }
        yield_!(8);
    }
}

enum One {
    A(Noisy, Noisy),
}

compare! {
    fn of_the_only_variant() -> impl Generator<Yield = u32> {
        let only = One::A(noisy("0"), noisy("1"));
        yield_!(0);
        if let One::A(x, _) = only {
            yield_!(1);
        }
        yield_!(2);
        if let One::A(_, y) = only {
            yield_!(3);
        }
        yield_!(4);
    }
}

compare! {
    fn updates_of_what_they_assign() -> impl Generator<Yield = u32> {
        let mut two = Two { a: noisy("0"), b: noisy("1") };
        yield_!(0);
        two = Two { a: noisy("2"), ..two };
        yield_!(1);
        two = Two { b: noisy("3"), ..two };
        yield_!(2);
        let mut three = three("x");
        for round in 0..3 {
            three = match round {
                0 => Three { a: noisy("4"), ..three },
                1 => Three { b: noisy("5"), ..three },
                _ => Three { n: round, ..three },
            };
            yield_!(3);
        }
    }
}

compare! {
    fn updates_that_take_one_field_each() -> impl Generator<Yield = u32> {
        let two = Two { a: noisy("0"), b: noisy("1") };
        yield_!(0);
        let other = Two { b: noisy("2"), ..two };
        yield_!(1);
        let another = Two { a: noisy("3"), ..two };
        yield_!(2);
    }
}

compare! {
    fn a_part_inside_of_what_is_assigned() -> impl Generator<Yield = u32> {
        let mut nested = ((noisy("0"), noisy("1")), 1);
        yield_!(0);
        let ((a, _), _) = nested;
        yield_!(1);
        nested.0 = (noisy("2"), noisy("3"));
        yield_!(2);
    }
}

compare! {
    fn inside_of_elements_and_fields() -> impl Generator<Yield = u32> {
        let one = [(noisy("0"), noisy("1"))];
        let [(a, _)] = one;
        yield_!(0);
        let [(_, b)] = one;
        yield_!(1);
        let nested = ([noisy("2"), noisy("3")], noisy("4"));
        let ([c, _], _) = nested;
        yield_!(2);
        let [_, d] = nested.0;
        yield_!(3);
    }
}

compare! {
    fn updates_of_a_field() -> impl Generator<Yield = u32> {
        let mut pair = (three("x"), 1);
        yield_!(0);
        pair.0 = Three { a: noisy("1"), ..pair.0 };
        yield_!(1);
        pair.0 = Three { b: noisy("2"), ..pair.0 };
        yield_!(2);
    }
}

compare! {
    fn parts_of_a_variant(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let some = Some((noisy("0"), noisy("1")));
        yield_!(0);
        if n % 2 == 0 {
            if let Some((a, _)) = some {
                yield_!(1);
            }
        } else if let Some((_, b)) = some {
            yield_!(2);
        }
        yield_!(3);
    }
}

compare! {
    fn updates_and_patterns() -> impl Generator<Yield = u32> {
        let first = three("first");
        yield_!(0);
        let other = Three { b: noisy("1"), ..first };
        yield_!(1);
        if let Three { b, n: 1, .. } = first {
            yield_!(2);
        }
        yield_!(3);
        let second = three("second");
        yield_!(4);
        match second {
            Three { a, n: 1, .. } => { yield_!(5); }
            Three { n, .. } => {}
        }
        let another = Three { a: noisy("2"), ..second };
        yield_!(6);
    }
}

compare! {
    fn elements_of_what_is_looped_over(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        for [first, second] in [[noisy("0"), noisy("1")], [noisy("2"), noisy("3")]] {
            yield_!(1);
            let pair = [first, second];
            let [_, second] = pair;
            yield_!(2);
            let [first, _] = pair;
            yield_!(3);
        }
    }
}

compare! {
    fn closures_that_take_parts_and_patterns_that_take_others() -> impl Generator<Yield = u32> {
        let whole = (noisy("0"), noisy("1"), noisy("2"));
        yield_!(0);
        let takes = move || { event("called"); whole.0.consume() as u32 };
        yield_!(1);
        let (_, second, _) = whole;
        yield_!(takes());
        drop(whole.2);
        yield_!(3);
    }
}
