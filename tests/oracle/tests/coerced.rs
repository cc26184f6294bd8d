//! Operands and arguments that have their types from what is expected of them, and closures in calls of which rustc is
//! asked.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    unused,
    unused_assignments,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::fmt::{Debug, Display};

use handcrank_oracle::{Noisy, compare, compare_movable, event, mk, noisy};

fn many(of: [&dyn Debug; 2], n: u32) -> u32 {
    event(format!("{of:?} {n}"));
    n
}

fn one(of: Option<&dyn Debug>, n: u32) -> u32 {
    event(format!("{of:?} {n}"));
    n
}

fn nested(of: (&str, [Option<&dyn Debug>; 2]), n: u32, more: &[&dyn Debug]) -> u32 {
    event(format!("{of:?} {n} {more:?}"));
    n
}

fn any<T: Debug>(of: T, n: u32) -> T {
    event(format!("{of:?} {n}"));
    of
}

fn measured(of: &dyn Fn(&str) -> usize, n: u32) -> usize {
    of("four") + n as usize
}

fn shown(of: &dyn Debug, n: u32) -> u32 {
    event(format!("{of:?} {n}"));
    n
}

/// Coerces what it wraps, and has a destructor.
#[derive(Debug)]
struct Wrapped<'a>(Option<&'a dyn Debug>, Noisy);

#[derive(Debug)]
struct Config<'a> {
    name: (&'a str, &'a dyn Debug),
    log: Noisy,
    n: u32,
}

compare! {
    // Evaluated before the suspension point, for it does something.
    fn operands_kept(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (text, log) = (String::from("text"), noisy("log"));
        let first = many([&noisy("temporary"), &n], yield_!(1));
        let second = one(Some(&noisy("other")), yield_!(2)) + one(None, yield_!(3));
        let third = nested(
            (&text, [Some(&noisy("in")), None]),
            yield_!(first),
            &[&log, &mk(7_u32)],
        );
        let kept = any((&noisy("any"), text.len()), yield_!(second)).1;
        let owned = any((noisy("a"), [noisy("b"), noisy("c")]), yield_!(4));
        yield_!(5);
        third + kept as u32 + owned.1.len() as u32
    }
}

compare! {
    // Nothing tells when they are evaluated.
    fn operands_of_names(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let (text, log) = (String::from("text"), noisy("log"));
        let mut count = 0_u8;
        let first = many([&log, &n], yield_!(1)) + many([&count, &text], yield_!(2));
        count += 1;
        let second = one(Some(&log), yield_!(first)) + one(Some(&count), yield_!(3));
        let third = nested((&text, [Some(&n), Some(&"literal")]), yield_!(second), &[&log]);
        count += any((1, n), yield_!(third)).0;
        let fourth = measured(&|text| text.len() + count as usize, yield_!(4));
        fourth + measured(&str::len, yield_!(5)) + text.len() + count as usize
    }
}

compare! {
    fn operands_of_branches(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (text, log) = (String::from("text"), noisy("log"));
        let first = shown(if n % 2 == 0 { &text } else { &log }, yield_!(1));
        let second = shown(
            match yield_!(first) % 3 {
                0 => &text,
                1 => &log,
                _ => &n,
            },
            yield_!(2),
        );
        let third = one({ event("block"); Some(&log) }, yield_!(3));
        let fourth = many(if third > 0 { [&log, &text] } else { [&n, &n] }, yield_!(5));
        first + second + fourth
    }
}

compare! {
    fn operands_of_literals(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let text = String::from("text");
        let sum = [
            one(Some(&mk(n)), yield_!(1)),
            Config { name: (&text, &mk("a")), log: noisy("config"), n: yield_!(2) }.n,
            Wrapped(Some(&mk("wrapped")), noisy(yield_!(3).to_string())).0.is_some() as u32,
            any(Wrapped(Some(&text), noisy("early")), yield_!(4)).1.name().len() as u32,
        ];
        yield_!(sum.iter().sum());
        sum[0]
    }
}

compare! {
    // One that has a type which the body makes has another in each copy of the body.
    fn operands_of_closures(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let kept = noisy("kept");
        let pair = any2((|x: u32| x + kept.name().len() as u32, 1), yield_!(1));
        let sum = (pair.0)(2);
        yield_!(sum);
        (pair.0)(3)
    }
}

fn any2<T>(of: T, n: u32) -> T {
    event(format!("{n}"));
    of
}

compare! {
    // What a `let` extends is evaluated before, and what borrows it later.
    fn operands_extended(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let early = noisy("early");
        let pair: (Option<&dyn Debug>, [&dyn Debug; 2], u32) =
            (Some(&noisy("in")), [&mk(7_u8), &noisy("last")], yield_!(1));
        let mut nested = (&(&mut noisy("inner"), n), (yield_!(2), &noisy("after")), yield_!(3));
        event(format!("{pair:?} {nested:?}"));
        yield_!(4);
        nested.1.0 += 1;
        event(format!("{nested:?}"));
        pair.2 + nested.2
    }
}

/// Asks for pairs, and drops.
struct Printer(Noisy);

impl Printer {
    fn print(self, of: (&str, usize), n: u32) -> usize {
        event(format!("{of:?} {n}"));
        of.1 + self.0.name().len()
    }

    fn show(&self, of: [Option<&dyn Debug>; 2]) -> usize {
        event(format!("{of:?}"));
        of.len()
    }

    fn show_after(&self, of: [Option<&dyn Debug>; 2], name: &str, log: Noisy) -> usize {
        event(format!("{of:?} {name} {log:?}"));
        of.len()
    }
}

compare! {
    // Beside calls, in a method of which rustc is asked.
    fn arguments_of_calls(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let text = String::from("text");
        let (first, second, third) = (Printer(noisy("1")), Printer(noisy("2")), Printer(noisy("3")));
        let fourth = Printer(noisy("4"));
        yield_!(0);
        let printed = first.print((&text, text.len()), n);
        yield_!(printed);
        let shown = second.show([Some(&noisy("in")), Some(&mk(2_u32))]);
        yield_!(shown);
        let shown = fourth.show_after([Some(&noisy("in")), Some(&n)], &mk("after"), mk(noisy("last")));
        yield_!(shown);
        third.print((&text, mk(3_usize)), yield_!(1))
    }
}

struct Mapped<F>(F, Noisy);

#[derive(Debug)]
struct List(Noisy);

impl List {
    fn mapped<T, F: Fn(u32) -> T>(&self, map: F) -> Mapped<F> {
        event("mapped");
        Mapped(map, noisy("result"))
    }

    fn taken<T, F: FnMut((u32, u32)) -> T>(self, map: F) -> Mapped<F> {
        Mapped(map, self.0)
    }

    fn any_lifetime<F: Fn(&str) -> &str>(&self, map: F) -> F {
        map
    }

    fn boxed(self, map: Box<dyn Fn(u32) -> u32>) -> u32 {
        map(self.0.name().len() as u32)
    }
}

compare! {
    // Of a closure that captures nothing, there is one wherever it is needed.
    fn closures_of_nothing(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (list, other, third) = (List(noisy("list")), List(noisy("other")), List(noisy("third")));
        yield_!(0);
        let mapped = list.mapped(|n| n + 1);
        yield_!((mapped.0)(2));
        let mut taken = other.taken(|(a, b)| a.max(b));
        yield_!((taken.0)((3, 4)));
        let lifetime = third.any_lifetime(|text| {
            let text = text.trim();
            event(text);
            &text[1..]
        });
        yield_!(lifetime(" one").len() as u32);
        (mapped.0)(5) + (taken.0)((6, n)) + lifetime("three ").len() as u32
    }
}

compare! {
    fn closures_of_nothing_in_chains(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let list = List(noisy("list"));
        let other = List(noisy("other"));
        yield_!(0);
        for i in 0..2 {
            let again = List(noisy("again"));
            yield_!(1);
            let mapped = again.mapped(|n| move |m: u32| n + m);
            yield_!((mapped.0)(i)(3));
        }
        let mapped = list.mapped(|n| if n > 2 { return noisy("many") } else { noisy("few") });
        let name = (mapped.0)(yield_!(2));
        event(name.name());
        other.boxed(Box::new(|n| n + 1)) + yield_!(4)
    }
}

compare_movable! {
    fn operands_of_a_movable_one(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        let log = noisy("log");
        let first = any((n, [log.name().len()]), yield_!(1)).0;
        let second = any(Some((noisy("other"), [first])), yield_!(2));
        yield_!(3);
        second.map_or(0, |(log, [n])| n + log.name().len() as u32)
    }
}

type Part = Option<Box<dyn Debug>>;

#[derive(Debug)]
struct Holder {
    part: Part,
    other: Noisy,
}

#[repr(C, packed)]
struct Packed {
    one: u8,
    part: Option<Box<dyn Debug>>,
}

compare! {
    // What is assigned is coerced inside to the type of the local.
    fn assigned_inside(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut best: Part = None;
        let first = yield_!(n);
        best = Some(Box::new(noisy("first")));
        yield_!(1);
        event(format!("{best:?}"));
        best = if first > 2 { Some(Box::new(first)) } else { Some(Box::new(noisy("if"))) };
        yield_!(2);
        best = match yield_!(3) { 0 => None, m => Some(Box::new((m, noisy("match")))) };
        event(format!("{best:?}"));
        let mut all: (Part, Vec<&dyn Debug>) = (None, vec![]);
        yield_!(4);
        let text = String::from("text");
        all = (Some(Box::new(noisy("pair"))), vec![&text, &first]);
        yield_!(5);
        event(format!("{all:?}"));
        first
    }
}

compare! {
    // The old value is used in the new one, and the loans of what is neither end before.
    fn assigned_of_itself(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut chain: Part = None;
        let mut count = vec![0];
        let mut held: Option<&mut Vec<i32>> = None;
        for k in 0..3 {
            yield_!(k);
            chain = Some(Box::new((chain, noisy("chain"), yield_!(9))));
            held = { count.push(1); Some(&mut count) };
            event(format!("{:?}", held.take().map(|held| held.len())));
        }
        event(format!("{chain:?}"));
        n
    }
}

compare! {
    // A part, which is moved.
    fn assigned_to_part(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut holder = Holder { part: Some(Box::new(noisy("old"))), other: noisy("other") };
        yield_!(1);
        let part = holder.part;
        yield_!(2);
        holder.part = Some(Box::new((part, noisy("new"))));
        yield_!(3);
        event(format!("{holder:?}"));
        holder.part = { yield_!(4); Some(Box::new(noisy("last"))) };
        yield_!(5);
        n
    }
}

compare! {
    // A part of what is packed is not aligned.
    fn assigned_packed(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut packed = Packed { one: 1, part: Some(Box::new(noisy("old"))) };
        yield_!(1);
        let part = packed.part;
        yield_!(2);
        packed.part = Some(Box::new((part, noisy("new"))));
        yield_!(3);
        event(format!("{:?}", { packed.part }));
        n
    }
}

compare! {
    // A closure knows the types of its parameters.
    fn assigned_closure(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut f: Option<Box<dyn Fn(&str) -> usize>> = None;
        let text = noisy("text");
        yield_!(1);
        f = Some(Box::new(|s| s.len()));
        event(format!("{:?}", f.as_ref().map(|f| f("four"))));
        yield_!(2);
        f = Some(Box::new(move |s| s.len() + format!("{text:?}").len()));
        yield_!(3);
        event(format!("{:?}", f.as_ref().map(|f| f("four"))));
        n
    }
}

compare! {
    // It never gets there.
    fn assigned_never(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut best: Part = None;
        loop {
            best = Some(if yield_!(1) > 2 { Box::new(noisy("loop")) } else { break });
            if yield_!(3) > 1 { break }
            yield_!(2);
        }
        event(format!("{best:?}"));
        best = Some(if yield_!(4) > 1 { Box::new(noisy("end")) } else { return n });
        yield_!(2);
        event(format!("{best:?}"));
        n
    }
}

compare! {
    // A trait object is coerced even to its own type: it is moved, and drops at once.
    fn let_of_trait_object(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (first, second): (Box<dyn Debug>, Box<dyn Debug>) = (Box::new(noisy("first")), Box::new(noisy("second")));
        let third = Box::new(noisy("third"));
        let (fourth, fifth) = (Box::into_pin(second), vec![Box::new(noisy("fifth")) as Box<dyn Debug>]);
        yield_!(1);
        let _: Box<dyn Debug> = first;
        yield_!(2);
        let _: Box<dyn Debug + '_> = third;
        yield_!(3);
        let _: std::pin::Pin<Box<dyn Debug>> = fourth;
        yield_!(4);
        let _: Vec<Box<dyn Debug>> = fifth;
        yield_!(5);
        n
    }
}
