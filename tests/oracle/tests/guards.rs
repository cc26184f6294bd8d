//! Guards with suspension points.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

use std::cell::{Cell, RefCell};

#[derive(Debug)]
enum Op {
    One(Noisy),
    Two(Noisy, Noisy),
    Number(u32),
}

compare! {
    fn several_in_turn(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let first = noisy("first");
        let op = Op::Two(noisy("x"), noisy("y"));
        let last = noisy("last");
        let text = match op {
            Op::One(s) => { yield_!(100); s }
            Op::Two(a, _) if yield_!(a.name().len() as u32) == 0 => { yield_!(1); a }
            Op::Number(n) => noisy("never"),
            Op::Two(_, b) if { let t = noisy("in guard"); yield_!(2); b.name() == "y" } && yield_!(3) > 5 => {
                let before = yield_!(4);
                event(format!("{b:?} {before}"));
                b
            }
            _ => { yield_!(5); last }
        };
        yield_!(6);
        event(format!("{text:?} {first:?}"));
        n
    }
}

compare! {
    fn in_a_loop(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut sum = 0;
        for op in [Op::Number(1), Op::One(noisy("one")), Op::Two(noisy("p"), noisy("q")), Op::Number(2)] {
            sum += match op {
                Op::Number(k) if yield_!(k) % 2 == 1 => k,
                Op::Number(k) => yield_!(k + 10),
                Op::One(s) if yield_!(20) > 0 => s.name().len() as u32,
                Op::Two(p, q) if yield_!(30) == 0 => unreachable!(),
                Op::Two(p, _) => { yield_!(31); drop(p); yield_!(32) }
                _ => 0,
            };
        }
        sum + n
    }
}

compare! {
    fn of_a_temporary() -> impl Generator<Yield = u32> {
        match (noisy("a"), Some(noisy("b"))) {
            (a, Some(b)) if { yield_!(1); a.name() == "z" } => drop(b),
            (ref a, Some(ref b)) if { yield_!(2); b.name() == "b" } => {
                yield_!(a.name().len() as u32);
            }
            _ => yield_!(9),
        }
        yield_!(3);
    }
}

compare! {
    fn that_change_what_is_inside() -> impl Generator<Yield = u32> {
        let cells = (Cell::new(1), RefCell::new(vec![noisy("in a cell")]), noisy("rest"));
        match cells {
            (one, list, _) if {
                one.set(one.get() + 1);
                yield_!(one.get());
                list.borrow_mut().push(noisy("pushed"));
                yield_!(list.borrow().len() as u32);
                one.get() == 2
            } => {
                yield_!(one.get());
                event(format!("{list:?}"));
            }
            _ => unreachable!(),
        }
        yield_!(7);
    }
}

compare! {
    fn through_references() -> impl Generator<Yield = u32> {
        let mut list = vec![Op::One(noisy("lent")), Op::Number(3)];
        for op in &mut list {
            match op {
                Op::One(s) if { yield_!(s.name().len() as u32); s.name() == "lent" } => {
                    s.rename("changed");
                    yield_!(1);
                }
                Op::Number(n @ 1..=5) if yield_!(*n) == () => { *n += 1; yield_!(*n) }
                _ => unreachable!(),
            }
        }
        event(format!("{list:?}"));
    }
}

compare! {
    fn without_suspending_bodies(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let kept = noisy("kept");
        let x = match n {
            0 if yield_!(0) == 1 => 1,
            k if yield_!(k) == 2 => 2,
            k if k == 10 && yield_!(k) > 0 => { event("chosen"); k }
            _ => 4,
        };
        if matches!(kept, ref k if yield_!(k.name().len() as u32) > 0) {
            event("matches");
        }
        x
    }
}

compare! {
    fn that_break_out() -> impl Generator<Yield = u32> {
        'outer: for n in 0..4 {
            let held = Some(noisy(format!("held{n}")));
            match held {
                Some(_) if { if n == 1 { continue 'outer } yield_!(n); n == 3 && { break 'outer } } => unreachable!(),
                Some(s) if { yield_!(10 + n); s.name() == "held0" } => event(format!("{s:?}")),
                other => { yield_!(20); drop(other) }
            }
        }
        yield_!(99);
    }
}

compare! {
    fn a_guard_panics_over_a_value_among_operands(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let list = vec![noisy("a"), match (noisy("b"), noisy("c")) {
            it if check(n > 100) => it.0,
            (first, second) => { yield_!(1); second }
        }];
        let other = vec![noisy("d"), match noisy("e") {
            it if check(n > 100) => it,
            it => it,
        }, { yield_!(2); noisy("f") }];
        list.len() + other.len()
    }
}

fn check(value: bool) -> bool {
    event(format!("check {value}"));
    value
}

compare! {
    fn a_unit_variant_is_matched_by_a_guard_that_suspends(#[resume] first: bool) -> impl Generator<bool, Yield = u32> {
        match None::<Noisy> {
            Some(taken) if yield_!(1) => drop(taken),
            _ => {}
        }
        match (Option::<Noisy>::None) {
            None if yield_!(2) => {}
            _ => yield_!(3).then(|| event("then")).unwrap_or(()),
        }
    }
}

fn half(n: &u32) -> Option<u32> {
    event(format!("half {n}"));
    n.is_multiple_of(2).then_some(n / 2)
}

compare! {
    fn a_guard_with_let_whose_arm_suspends(
        pair: (Noisy, Noisy),
    ) -> impl Generator<Yield = u32, Return = usize> {
        let mut length = 0;
        for n in 0..5 {
            match n {
                n if let Some(h) = half(&n) && h > 0 => {
                    yield_!(h);
                    length += 1;
                }
                n if let 3 = n => yield_!(n),
                _ => {}
            }
        }
        match pair {
            (a, b) if let Some(h) = half(&4) => {
                yield_!(h);
                drop(b);
                length + a.name().len()
            }
            _ => 0,
        }
    }
    with ((noisy("a"), noisy("b")))
}
