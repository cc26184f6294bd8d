//! `match`: guards, bindings, `@`, or-patterns, moves and borrows out of the scrutinee.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    non_snake_case,
    non_upper_case_globals,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

#[derive(Debug)]
enum Op {
    Push(u32),
    Named { name: Noisy, count: u32 },
    Both(Noisy, Noisy),
    Nested(Option<Box<Op>>),
    Halt,
}

fn program() -> Vec<Op> {
    vec![
        Op::Push(3),
        Op::Named {
            name: noisy("name"),
            count: 2,
        },
        Op::Both(noisy("left"), noisy("right")),
        Op::Nested(Some(Box::new(Op::Push(40)))),
        Op::Nested(None),
        Op::Push(4),
        Op::Halt,
        Op::Push(9),
    ]
}

compare! {
    fn arms_that_move_their_bindings(program: Vec<Op>) -> impl Generator<Yield = String, Return = u32> {
        let mut sum = 0;
        for op in program {
            match op {
                Op::Push(n) if n % 2 == 0 => sum += n,
                Op::Push(n) => {
                    yield_!(format!("odd {n}"));
                    sum += n;
                }
                Op::Named { name, count: times } => {
                    for round in 0..times {
                        yield_!(format!("{name:?} {round}"));
                    }
                }
                Op::Both(left, _) => {
                    yield_!(left.name().to_owned());
                    drop(left);
                    yield_!("after left".to_owned());
                }
                Op::Nested(Some(inner)) => {
                    yield_!(format!("{inner:?}"));
                }
                Op::Nested(None) => {}
                Op::Halt => break,
            }
        }
        sum
    }
    with (program())
}

compare! {
    fn arms_that_borrow(program: Vec<Op>) -> impl Generator<Yield = usize> {
        let mut program = program;
        for op in &program {
            let n = match op {
                Op::Push(0..=3) => 1,
                Op::Push(_) => { yield_!(1); 7 }
                Op::Named { name, .. } => {
                    yield_!(name.name().len());
                    name.name().len()
                }
                Op::Both(_, right) => {
                    yield_!(right.name().len());
                    2
                }
                _ => 0,
            };
            event(n.to_string());
        }
        for op in program.iter_mut() {
            match op {
                Op::Named { name, count } => {
                    *count += 1;
                    yield_!(*count as usize);
                    name.rename("?");
                }
                other @ Op::Push(_) => {
                    yield_!(100);
                    *other = Op::Named { name: noisy("replaced"), count: 0 };
                }
                _ => (),
            }
        }
        event(format!("{program:?}"));
    }
    with (program())
}

compare! {
    fn guards(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = Noisy> {
        let limit = noisy("limit");
        let mut n = n;
        loop {
            let candidate = Some(noisy(format!("c{n}")));
            n = match candidate {
                Some(c) if mk(n) == 10 => yield_!(format!("ten {c:?}")),
                Some(ref c) if c.name().len() > limit.name().len() => unreachable!(),
                Some(c) if n == 12 && c == noisy("c12") => {
                    yield_!(format!("twelve {c:?}"));
                    return c;
                }
                Some(_) => yield_!("other".to_owned()),
                None => unreachable!(),
            };
        }
    }
}

compare! {
    fn guards_that_yield(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let kept = noisy("kept");
        let value = (n, noisy("value"));
        let result = match value {
            (a, ref name) if yield_!(a) == 0 => name.name().len() as u32,
            (a, ref name) if { let inner = noisy("guard"); yield_!(a + inner.name().len() as u32) } == 12 => {
                yield_!(name.name().len() as u32)
            }
            (_, name) => {
                yield_!(99);
                name.consume() as u32
            }
        };
        event(format!("{kept:?}"));
        result
    }
}

compare! {
    fn scrutinee_yields(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = u32> {
        event(n.to_string());
        match yield_!("scrutinee".to_owned()) {
            0 => unreachable!(),
            n @ 11 => {
                yield_!(format!("eleven {n}"));
            }
            _ => unreachable!(),
        }
        let name = match (yield_!("a".to_owned()), noisy("between"), yield_!("b".to_owned())) {
            (a, name, b) if a < b => {
                yield_!(format!("{a} {b}"));
                name
            }
            (_, name, _) => name,
        };
        match { let s = noisy("scrutinee block"); yield_!(s.name().to_owned()) } % 2 {
            0 => yield_!(format!("even {name:?}")),
            _ => yield_!(format!("odd {name:?}")),
        }
    }
}

compare! {
    fn scrutinee_temporaries_live_to_the_end(#[resume] n: u32) -> impl Generator<u32, Yield = String> {
        match noisy(format!("temporary {n}")).name().len() {
            0 => {}
            len => {
                yield_!(format!("{len}"));
                event("arm ends");
            }
        }
        match (noisy("a"), mk(1)).1 {
            1 => yield_!("one".to_owned()),
            _ => yield_!("other".to_owned()),
        };
        match vec![noisy("u"), noisy("v")].as_slice() {
            [first, .., last] => {
                yield_!(first.name().to_owned());
                yield_!(last.name().to_owned());
            }
            _ => unreachable!(),
        }
        let text = match noisy("in a let").name() {
            name if name.is_empty() => String::new(),
            name => {
                yield_!("let".to_owned());
                name.to_owned()
            }
        };
        yield_!(text);
    }
}

compare! {
    fn at_and_or_patterns(list: Vec<u32>) -> impl Generator<Yield = String> {
        for n in list {
            match n {
                small @ (0 | 1) => { yield_!(format!("small {small}")); }
                middle @ 2..=4 | middle @ 8 => { yield_!(format!("middle {middle}")); }
                5 | 6 if n == 6 => { yield_!("six".to_owned()); }
                u32::MAX => { yield_!("max".to_owned()); }
                _ => {}
            }
        }
        let pair = (Some(noisy("x")), None::<Noisy>);
        match pair {
            (Some(one), None) | (None, Some(one)) => {
                yield_!(one.name().to_owned());
                event(format!("{one:?}"));
            }
            (None, None) | (Some(_), Some(_)) => {}
        }
    }
    with (vec![0, 3, 5, 6, 8, 9, u32::MAX])
}

compare! {
    fn partial_moves_out_of_the_scrutinee() -> impl Generator<Yield = String, Return = Noisy> {
        let tuple = (noisy("a"), noisy("b"), noisy("c"));
        let b = match tuple {
            (_, b, _) => {
                yield_!(b.name().to_owned());
                b
            }
        };
        yield_!(format!("{:?} {:?}", tuple.0, tuple.2));
        let op = Op::Both(noisy("l"), noisy("r"));
        if let Op::Both(left, _) = op {
            yield_!(format!("{left:?}"));
        }
        yield_!("end".to_owned());
        b
    }
}

compare! {
    fn scrutinee_that_is_not_moved() -> impl Generator<Yield = String, Return = Option<Noisy>> {
        let value = Some(noisy("value"));
        match value {
            Some(_) => yield_!("some".to_owned()),
            None => yield_!("none".to_owned()),
        }
        match &value {
            Some(name) => yield_!(name.name().to_owned()),
            None => (),
        }
        match value {
            None => {}
            Some(ref name) => yield_!(name.name().to_owned()),
        }
        let _ = value;
        match value {
            _ => yield_!("wild".to_owned()),
        }
        value
    }
}

compare! {
    fn arms_of_every_shape(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut n = n;
        let mut total = 0;
        'all: loop {
            total += match n {
                10 => yield_!(1),
                11 => { yield_!(2); 5 }
                12 => if total > 3 { yield_!(3) } else { 3 },
                13 => {
                    n = 15;
                    continue 'all;
                }
                14 => loop { break yield_!(4) },
                15 => match yield_!(5) { x if x > 100 => 1, y => y },
                // SAFETY: what is unsafe here is sound for the types of this body.
                16 => unsafe { yield_!(6); std::mem::zeroed() },
                17 => break,
                18 => return total,
                _ => panic!("too far"),
            };
            n += 1;
        }
        yield_!(total);
        total + 1
    }
}

compare! {
    fn nested_matches(ops: Vec<Op>) -> impl Generator<Yield = String, Return = usize> {
        let mut depth = 0;
        let mut ops = ops.into_iter();
        while let Some(op) = ops.next() {
            match op {
                Op::Nested(inner) => match inner {
                    Some(boxed) => match *boxed {
                        Op::Push(n @ 40..) => {
                            depth += 1;
                            yield_!(format!("deep {n}"));
                        }
                        ref other => yield_!(format!("{other:?}")),
                    },
                    None => yield_!("empty".to_owned()),
                },
                Op::Halt => {
                    yield_!("halt".to_owned());
                    break;
                }
                other => {
                    let shown = format!("{other:?}");
                    yield_!(shown);
                }
            }
        }
        depth + ops.len()
    }
    with (program())
}

compare! {
    fn an_arm_that_suspends_says_what_type_a_local_has(n: u32) -> impl Generator<Yield = u32, Return = Option<Noisy>> {
        let mut last = None;
        for round in 0..n {
            match round {
                0 => {
                    last = Some(noisy("first"));
                    yield_!(round);
                }
                // In the body, this arm comes before the other.
                _ => {
                    event(last.as_ref().unwrap().name());
                    last = None;
                    last.replace(noisy("later"));
                }
            }
        }
        last
    }
    with (3)
}

enum Step {
    First(Noisy),
    Second(Noisy),
    Done,
}

compare! {
    fn moved_on_one_path_and_used_on_another(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let some = Some(noisy("some"));
        let result = if n > 100 { Err(noisy("error")) } else { Ok::<Noisy, Noisy>(noisy("ok")) };
        let n = yield_!(n);
        if let (Some(it), true) = (some, n % 2 == 1) {
            drop(it);
        }
        let other = if n % 3 == 0 { None } else { Some(noisy("other")) };
        yield_!(1);
        if let Some(it) = other {
            drop(it);
        } else {
            event(format!("{other:?}"));
            yield_!(2);
        }
        match result {
            Ok(it) => { drop(it); yield_!(3); }
            Err(_) => { event(format!("{result:?}")); yield_!(4); }
        }
        yield_!(5);
        n
    }
}

compare! {
    fn assigned_in_the_arm_that_moved_it(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut some = Some(noisy("some"));
        yield_!(0);
        if let Some(it) = some {
            drop(it);
            some = None;
        }
        yield_!(1);
        event(format!("{some:?}"));
        let mut step = Step::First(noisy("step"));
        for i in 0..3 {
            yield_!(i);
            match step {
                Step::First(it) => step = Step::Second(it),
                Step::Second(_) => { yield_!(2); }
                Step::Done => { yield_!(3); }
            }
        }
        4
    }
}

compare! {
    fn tried_by_one_pattern_after_the_other(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut rounds = 0;
        let mut next = Some(noisy("next"));
        while let Some(it) = next {
            yield_!(rounds);
            rounds += 1;
            next = if rounds < 3 { Some(it.and("+")) } else { None };
        }
        event(format!("{next:?}"));
        let result = if n > 10 { Err(noisy("error")) } else { Ok(noisy("ok")) };
        yield_!(1);
        let Err(it) = result else {
            event(format!("{result:?}"));
            yield_!(2);
            return 1;
        };
        yield_!(3);
        let second = if n > 10 { Err(noisy("second error")) } else { Ok::<Noisy, Noisy>(noisy("second ok")) };
        yield_!(4);
        if let Ok(it) = second {
            drop(it);
        } else if let Err(it) = second {
            yield_!(5);
            drop(it);
        }
        it.name().len() as u32
    }
}

compare! {
    fn a_moved_local_is_matched_by_nothing() -> impl Generator<Yield = u32> {
        let a = noisy("a");
        let b = (noisy("b"), noisy("c"));
        yield_!(1);
        drop(a);
        drop(b.0);
        let n = match a {
            _ => 1,
        };
        match b.0 {
            _ if n == 2 => {}
            (_) => yield_!(2),
        }
        let _ = a;
        _ = b.0;
        yield_!(n);
    }
}

/// Constants in lower case, and locals in upper case.
mod case {
    use super::*;

    const limit: u32 = 3;
    const low: u32 = 4;
    const none: Option<u32> = None;

    compare! {
        fn constants_in_lower_case() -> impl Generator<Yield = u32> {
            for (n, o) in [(3, None), (4, Some(4)), (7, Some(9))] {
            match n {
                limit => {
                    yield_!(limit);
                    yield_!(limit + 1);
                }
                low | limit => yield_!(low),
                other => {
                    yield_!(other);
                    yield_!(other + 1);
                }
            }
            match o {
                none => yield_!(none.unwrap_or(17)),
                Some(low) => {
                    yield_!(1);
                    yield_!(low);
                }
                some => {
                    yield_!(2);
                    yield_!(some.unwrap());
                }
            }
            if let (limit, x) = (n, 3) {
                yield_!(limit + x);
            }
            let (low, x) = (n, 4) else {
                yield_!(99);
                continue;
            };
            yield_!(low + x);
            let small = matches!(n, limit | 4);
            yield_!(u32::from(small));
            }
        }
    }

    compare! {
        fn constants_of_the_body() -> impl Generator<Yield = u32> {
            const one: u32 = 1;
            for n in 1..3 {
            let noise = (noisy("a"), n);
            match noise {
                (first, one) => {
                    yield_!(one);
                    drop(first);
                }
                (second, two) => {
                    yield_!(two);
                    drop(second);
                }
            }
            yield_!(one);
            }
        }
    }

    compare! {
        fn locals_in_upper_case(N: u32, (A, b): (Noisy, u32)) -> impl Generator<Yield = u32> {
            let Number = N + 1;
            yield_!(Number);
            for X in 0..2 {
                yield_!(X + Number);
                event(format!("{X} {Number} {N}"));
            }
            let f = |Z: u32| Z + Number;
            yield_!(f(3));
            let mut Kept = A;
            yield_!(b);
            Kept.rename("K");
            let Some(Q @ 1..) = Some(b) else { return };
            yield_!(Q);
        }
        with (5, (noisy("abc"), 2))
    }
}
