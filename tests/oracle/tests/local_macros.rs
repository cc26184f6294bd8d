//! Macros that the body defines and calls: they suspend, return, name kept locals and declare some.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::collections::HashMap;

use handcrank_oracle::{Noisy, compare, event, noisy};

compare! {
    fn names_of_kept_locals(mut given: Vec<u32>) -> impl Generator<Yield = u32, Return = (Vec<Noisy>, u32)> {
        let mut out = vec![];
        let mut count = 0;
        macro_rules! push { ($name:expr) => { out.push(noisy($name)) }; ($name:expr, $($more:expr),+ $(,)?) => { push!($name); push!($($more),+) } }
        macro_rules! total { () => { count + given.iter().sum::<u32>() } }
        push!("a");
        yield_!(total!());
        count += 1;
        push!("b", "c");
        yield_!(total!() * 2);
        given.push(total!() + 1);
        push!["d", "e", "f",];
        yield_!(total!());
        (out, count)
    }
    with (vec![1, 2])
}

compare! {
    fn that_suspend(#[resume] first: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        macro_rules! ask { ($e:expr) => { yield_!($e) } }
        macro_rules! ask_twice { ($e:expr) => {{ let n = ask!($e); let _guard = noisy("guard"); n ^ ask!(n) }} }
        let kept = noisy("kept");
        let mut sum = first;
        sum += ask!(1);
        sum += ask_twice!(sum);
        for n in 0..2 { ask!(n); }
        while ask!(sum) % 3 == 1 { sum += 1; }
        event(kept.name());
        sum + ask_twice!(2) + ask!(3)
    }
}

fn fallible(n: u32) -> Result<u32, String> {
    event(format!("fallible {n}"));
    if n < 3 {
        Ok(n)
    } else {
        Err(format!("{n} is too much"))
    }
}

compare! {
    fn that_leave(limit: u32) -> impl Generator<Yield = u32, Return = Result<u32, String>> {
        let kept = noisy("kept");
        macro_rules! check { ($e:expr, $($why:tt)+) => { if !$e { return Err(format!($($why)+)); } } }
        macro_rules! attempt { ($e:expr) => { match fallible($e) { Ok(value) => value, Err(error) => return Err(error) } } }
        macro_rules! next { ($of:ident) => { match $of.next() { Some(value) => value, None => break } } }
        check!(limit > 0, "no limit of {}", limit);
        let mut sum = 0;
        let mut numbers = 0..9;
        loop {
            let n = next!(numbers);
            let _turn = noisy(format!("turn {n}"));
            yield_!(n);
            check!(n < limit, "{n} of {limit}");
            sum += attempt!(n) + fallible(n)?;
        }
        Ok(sum)
    }
    with (5)
}

compare! {
    fn that_declare() -> impl Generator<Yield = u32, Return = u32> {
        let value = 1;
        let guard = noisy("guard");
        macro_rules! guarded { ($name:expr) => { let guard = noisy($name); let value = $name.len() as u32 + value; event(format!("{:?} {}", guard, value)); } }
        macro_rules! bind { ($name:ident, $value:expr) => { let $name = $value; } }
        macro_rules! swapped { ($one:expr, $other:expr) => {{ let value = $one; let other = $other; (other, value) }} }
        guarded!("one");
        yield_!(value);
        guarded!("three");
        bind!(bound, value + 1);
        yield_!(bound);
        bind!(bound, bound + 1);
        let (a, b) = swapped!(value + 10, bound);
        yield_!(a);
        yield_!(b);
        event(guard.name());
        a * b
    }
}

struct Point {
    x: u32,
    y: u32,
}

compare! {
    fn of_all_kinds(map: HashMap<&'static str, u32>) -> impl Generator<Yield = u32, Return = Vec<u32>> {
        macro_rules! point { ($x:literal, $y:tt) => {{ let x = $x; let y = $y; Point { x, y } }} }
        macro_rules! of { ($p:pat => $e:expr, $from:expr) => { match $from { $p => $e, _ => 0 } } }
        macro_rules! list { ($($name:ident : $ty:ty = $value:expr);* $(;)?) => { $(let $name: $ty = $value;)* } }
        macro_rules! all { ($of:path, $($n:expr),*) => { vec![$($of($n)),*] } }
        macro_rules! repeat { ($label:lifetime, $times:expr, $body:block) => { $label: for n in 0..$times { yield_!(n); $body } } }
        macro_rules! sum { () => { 0 }; ($first:expr $(, $rest:expr)*) => { $first + sum!($($rest),*) } }
        macro_rules! keyed { ($($key:ident => $value:expr),*) => {{ let mut pairs = Vec::new(); $(pairs.push((stringify!($key), $value));)* pairs }} }
        let p = point!(1, (2 + 3));
        yield_!(p.x + p.y);
        let found = map.get("a").copied().ok_or(7);
        let n = of!(Ok(n) | Err(n) => n * 2, found);
        yield_!(n);
        list! { a: u32 = n + 1; b: u64 = 2; }
        yield_!(a + b as u32);
        let mut turns = 0;
        repeat!('turns, 4, { turns += 1; if turns == 3 { break 'turns } });
        yield_!(sum!(turns, a, n) * 2);
        let pairs = keyed!(one => a, two => turns);
        yield_!(pairs.len() as u32 + pairs[1].1);
        all!(u32::from, true, a as u8, 3u16).into_iter().chain([sum!()]).collect()
    }
    with ([("a", 3)].into())
}

compare! {
    fn that_hide_one_another() -> impl Generator<Yield = u32, Return = u32> {
        macro_rules! number { () => { 1 } }
        let mut sum = number!();
        yield_!(sum);
        {
            macro_rules! number { () => { 10 } }
            sum += number!();
            yield_!(sum);
            macro_rules! number { () => { 100 } }
            sum += number!();
            yield_!(sum);
        }
        sum += number!();
        let add = |n: u32| { macro_rules! number { () => { n * 1000 } } number!() };
        yield_!(sum);
        sum + add(2) + number!()
    }
}

compare! {
    fn with_labels() -> impl Generator<Yield = u32, Return = u32> {
        let mut n = 0;
        'outer: loop {
            macro_rules! leave { ($when:expr) => { if $when { break 'outer } } }
            macro_rules! until { ($when:expr) => { 'inner: loop { n += 1; yield_!(n); if $when { break 'inner } } } }
            'inner: loop {
                until!(n % 4 == 0);
                leave!(n > 9);
                if n > 7 { break 'inner }
            }
            yield_!(100);
        }
        n
    }
}
