//! `if`, `if let`, let chains, and yields in their conditions.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

fn check(name: &str, holds: bool) -> bool {
    event(format!("check {name}"));
    holds
}

fn maybe(name: &str, there: bool) -> Option<Noisy> {
    there.then(|| noisy(name))
}

compare! {
    fn if_else_chains(#[resume] n: u32) -> impl Generator<u32, Yield = &'static str, Return = u32> {
        let mut n = n;
        let log = noisy("log");
        loop {
            n = if n % 4 == 0 {
                let _arm = noisy("by four");
                yield_!("fizz")
            } else if n % 4 == 1 {
                yield_!("one") + 0
            } else if check("third", n % 4 == 2) {
                let before = n;
                let after = yield_!("two");
                event(format!("{before} {after} {log:?}"));
                after
            } else {
                return n;
            };
        }
    }
}

compare! {
    fn only_one_arm_yields(#[resume] flag: bool) -> impl Generator<bool, Yield = u32, Return = String> {
        let a = noisy("a");
        let mut flag = flag;
        let mut count = 0;
        while count < 4 {
            count += 1;
            if flag {
                let b = noisy("b");
                flag = yield_!(count);
                event(format!("{b:?}"));
            } else {
                event("no yield");
                flag = true;
            }
        }
        format!("{a:?} {count}")
    }
}

compare! {
    fn yields_in_conditions(#[resume] first: bool) -> impl Generator<bool, Yield = u32, Return = u32> {
        let kept = noisy("kept");
        if yield_!(1) {
            event("then");
        }
        let x = if first && yield_!(2) { 1 } else { 2 };
        let y = if !yield_!(3) || yield_!(4) { yield_!(5) } else { yield_!(6) };
        if { let inner = noisy("inner"); let flag = yield_!(7); event(format!("{inner:?}")); flag } {
            yield_!(8);
        } else {
            yield_!(9);
        }
        event(format!("{kept:?} {y}"));
        x
    }
}

compare! {
    fn if_let_binds_and_falls_through(#[resume] input: Option<u32>) -> impl Generator<Option<u32>, Yield = String> {
        let mut input = input;
        for round in 0..4 {
            if let Some(n) = input {
                let name = noisy(format!("n{n}"));
                input = yield_!(format!("{n}"));
                event(format!("{name:?}"));
            } else if let Some(found) = maybe("found", round % 2 == 0) {
                input = yield_!(format!("{found:?}"));
            } else {
                let nothing = noisy("nothing");
                input = yield_!(nothing.name().to_owned());
            }
        }
    }
}

compare! {
    fn if_let_scrutinee_yields(#[resume] first: Option<u32>) -> impl Generator<Option<u32>, Yield = u32> {
        event(format!("{first:?}"));
        if let Some(a) = yield_!(1) {
            let n = noisy(format!("a{a}"));
            yield_!(2);
            event(format!("{n:?}"));
        }
        let r = if let (Some(x), y) = (yield_!(3), noisy("y")) { yield_!(x); y } else { noisy("z") };
        if let None = yield_!(4) {
            event("none");
        } else {
            yield_!(5);
        }
        event(format!("{r:?}"));
    }
}

compare! {
    fn if_let_temporaries_drop_before_else(there: bool) -> impl Generator<Yield = String> {
        if let Some(name) = maybe("temporary", there).as_ref() {
            yield_!(format!("{name:?}"));
        } else {
            yield_!("else".to_owned());
        }
        if let None = maybe("second", !there).as_ref() {
            yield_!("none".to_owned());
        } else {
            yield_!("some".to_owned());
        }
        let text = if let Some(name) = maybe("third", there).as_mut() {
            name.rename("!");
            yield_!(name.name().to_owned());
            name.name().to_owned()
        } else {
            yield_!("no third".to_owned());
            String::new()
        };
        yield_!(text);
    }
    with (true)
}

compare! {
    fn if_let_temporaries_when_it_fails(there: bool) -> impl Generator<Yield = String> {
        if let Some(name) = maybe("temporary", there).as_ref() {
            yield_!(format!("{name:?}"));
        } else {
            yield_!("else".to_owned());
        }
        if let Some(_) = (noisy("a"), maybe("b", there)).1.as_ref() {
            yield_!("some".to_owned());
        } else {
            yield_!("none".to_owned());
        }
    }
    with (false)
}

compare! {
    fn let_chains(#[resume] input: Option<u32>) -> impl Generator<Option<u32>, Yield = u32, Return = u32> {
        let mut input = input;
        let mut hits = 0;
        for round in 0..5 {
            let outer = noisy(format!("outer {round}"));
            if let Some(n) = input
                && n % 2 == 0
                && let Some(inner) = maybe("inner", n < 14)
            {
                hits += 1;
                input = yield_!(n);
                event(format!("{inner:?} {outer:?}"));
            } else {
                input = yield_!(100 + round);
            }
        }
        hits
    }
}

compare! {
    fn let_chains_that_yield(#[resume] first: Option<u32>) -> impl Generator<Option<u32>, Yield = String, Return = u32> {
        if let Some(a) = first
            && let Some(b) = yield_!(format!("{a}"))
            && let Some(name) = maybe("name", true)
            && yield_!(format!("{b} {name:?}")).is_none()
            && let Some(c) = yield_!(format!("{name:?}"))
        {
            yield_!(format!("{a} {b} {c} {name:?}"));
            return c;
        }
        if let Some(name) = maybe("gone", true) && yield_!(format!("{name:?}")) == Some(1000) {
            yield_!("never".to_owned());
        } else {
            yield_!("else".to_owned());
        }
        0
    }
}

compare! {
    fn lazy_operators(#[resume] first: bool) -> impl Generator<bool, Yield = u32, Return = bool> {
        let a = noisy("a");
        let x = first && yield_!(1) && check("x", true) || yield_!(2);
        let y = check("y", false) || yield_!(3) && yield_!(4);
        let z = (x | yield_!(5)) & (yield_!(6) ^ y);
        event(format!("{x} {y} {z} {a:?}"));
        z || { let b = noisy("b"); yield_!(7); b.name().is_empty() }
    }
}

compare! {
    fn moved_on_one_path_only(#[resume] flag: bool) -> impl Generator<bool, Yield = usize, Return = usize> {
        let value = noisy("value");
        let other = noisy("other");
        if flag {
            yield_!(1);
            event(value.consume().to_string());
            yield_!(2);
        } else {
            yield_!(3);
        }
        let again = yield_!(4);
        let third = noisy("third");
        if again {
            yield_!(third.consume());
        }
        yield_!(5);
        other.name().len()
    }
}

compare! {
    fn values_of_conditions_as_arguments(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        yield_!(if mk(n) > 5 { n } else { 0 });
        yield_!(if yield_!(1) > 5 { yield_!(2) } else { yield_!(3) });
        let list = vec![if n > 3 { yield_!(4) } else { 4 }, match yield_!(5) { 14 => 1, other => other }];
        yield_!(list.iter().sum());
    }
}

compare! {
    fn chains_that_move_without_suspending(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let first = Some(noisy("first"));
        let second = Some(noisy("second"));
        let mut list = vec![noisy("c"), noisy("b"), noisy("a")];
        let op = (Some(noisy("part")), noisy("rest"));
        yield_!(n);
        let mut count = 0;
        if let Some(a) = first && mk(a.name().len()) > 100 { count += 1; }
        yield_!(1);
        if n > 0 && let Some(b) = second && b.name() == "second" { count += b.name().len(); } else { count += 100; }
        while let Some(item) = list.pop() && item.name() != "c" {
            count += item.name().len();
            if count == 9 { break; }
        }
        if let (Some(part), _) = op && count > 0 { count += part.name().len(); }
        yield_!(2);
        count
    }
}

compare! {
    fn bindings_of_chains_moved_in_loops() -> impl Generator<Yield = Noisy> {
        for n in 0..3 {
            if let 0 | 1 = n && let Some(name) = Some(noisy(format!("{n}"))) && name.name().len() == 1 {
                yield_!(name);
            }
            if let Some((a, b)) = Some((noisy("a"), noisy("b"))) && let Some(c) = Some(b) {
                yield_!(a);
                yield_!(c);
            }
        }
        let mut left = 2;
        while left > 0 && let Some(name) = Some(noisy("while")) && let Some(other) = Some(noisy("other")) {
            left -= 1;
            yield_!(other);
            drop(name);
        }
    }
}

compare! {
    fn chains_that_shadow() -> impl Generator<Yield = u32, Return = usize> {
        if let Some(ref x) = Some(noisy("abc")) && let Err(x) = Err::<u32, usize>({ yield_!(1); x.name().len() }) {
            yield_!(x as u32);
            return x;
        }
        0
    }
}

compare! {
    fn chains_that_shadow_before_the_points() -> impl Generator<Yield = u32, Return = usize> {
        if let Some(x) = Some(noisy("abc")) && let Some(x) = Some(x.name().len()) && let Some(x) = Some(x as u32) {
            yield_!(x);
            return x as usize;
        }
        0
    }
}
