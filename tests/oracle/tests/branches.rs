//! Branches with suspension points among operands: they are evaluated apart, and have their types from what is expected there.
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

type Part = Option<Box<dyn Debug>>;

#[derive(Debug)]
struct Holder {
    part: Part,
    other: Noisy,
}

fn part(n: u32, of: Part) -> u32 {
    event(format!("{n} {of:?}"));
    n
}

fn shows(what: &dyn Debug, other: &dyn Debug) -> usize {
    event(format!("{what:?} {other:?}"));
    format!("{what:?}").len()
}

compare! {
    // What has suspension points in it is evaluated apart, and has its type from where it stands.
    fn branches_given(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        part(1, { yield_!(1); Some(Box::new(noisy("block"))) });
        part(2, if n > 1 { yield_!(2); Some(Box::new(noisy("if"))) } else { None });
        part(3, if n <= 1 { yield_!(3); Some(Box::new(noisy("then"))) } else { Some(Box::new(n)) });
        part(yield_!(4), match yield_!(5) { 1 => { yield_!(6); Some(Box::new(n)) } m => Some(Box::new((m, noisy("match")))) });
        part(5, loop { if yield_!(7) > 0 { break Some(Box::new(noisy("break"))) } else { break Some(Box::new(n)) } });
        part(6, 'label: { if n > 1 { break 'label Some(Box::new(yield_!(8))) } yield_!(9); Some(Box::new(noisy("label"))) });
        // SAFETY: nothing in it is unsafe.
        part(7, unsafe { yield_!(10); Some(Box::new(noisy("unsafe"))) });
        part(8, { part(9, { yield_!(11); Some(Box::new(noisy("inner"))) }); yield_!(12); Some(Box::new(noisy("outer"))) });
        n
    }
}

compare! {
    // Two orders, operands that are kept, and what comes after.
    fn branches_kept(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let (text, log) = (String::from("text"), noisy("log"));
        let mut table = vec![0_usize, 1];
        let first = shows(if n > 1 { yield_!(1); &text } else { &log }, if yield_!(2) > 1 { yield_!(3); &n } else { &log });
        table[if n > 1 { yield_!(4) as usize % 2 } else { 0 }] += shows(match n { 0 => { yield_!(5); &log } _ => &text }, &yield_!(6));
        let all: Vec<&dyn Debug> = vec![if n > 1 { yield_!(7); &text } else { &log }, &n, { yield_!(8); &first }];
        event(format!("{all:?} {table:?}"));
        let mut boxes: Vec<Box<dyn Debug>> = vec![];
        boxes.push(if n > 1 { yield_!(9); Box::new(noisy("push")) } else { Box::new("word") });
        boxes.push({ yield_!(10); Box::new(noisy("again")) });
        boxes.insert(yield_!(0) as usize % 2, match n { 1 => { yield_!(11); Box::new(noisy("insert")) } _ => Box::new(n) });
        boxes[0] = if n > 1 { yield_!(12); Box::new(noisy("index")) } else { Box::new("word") };
        event(format!("{boxes:?}"));
        first
    }
}

compare! {
    fn branches_in_literals(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let mut holder = Holder { other: noisy("other"), part: if n > 1 { yield_!(1); Some(Box::new(noisy("part"))) } else { None } };
        holder.part = if n > 1 { yield_!(2); Some(Box::new(n)) } else { Some(Box::new(noisy("assigned"))) };
        let lent = &mut holder;
        lent.part = match yield_!(3) { 0 => { yield_!(4); None } m => Some(Box::new((m, noisy("lent")))) };
        event(format!("{holder:?}"));
        let (a, b): (&dyn Debug, Part) = (if n > 1 { yield_!(5); &n } else { &holder }, if yield_!(6) > 0 { yield_!(7); Some(Box::new(noisy("b"))) } else { None });
        event(format!("{a:?} {b:?}"));
        let shown: [&dyn Display; 2] = [{ yield_!(8); &n }, if n > 1 { yield_!(9); &"text" } else { &n }];
        event(format!("{} {}", shown[0], shown[1]));
        3
    }
}

compare! {
    // What a `let` extends in an arm is there as long as its block.
    fn branches_extend(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let pair: (&dyn Debug, u32) = (if n > 1 { yield_!(1); &n } else { &n }, yield_!(2));
        let owned = noisy("owned");
        let one: (Option<&Noisy>, u32) = (if n > 1 { let kept = yield_!(3); None } else { Some(&owned) }, 3);
        yield_!(4);
        event(format!("{:?} {:?}", pair.0, one.0));
        3
    }
}

compare! {
    // The temporaries of what is matched on live as long as the statement.
    fn branches_of_temporaries(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let text = noisy("text");
        let length = shows(match &mk(3) { m if *m > 9 => { yield_!(1); &text } m => { yield_!(2); m } }, &yield_!(3));
        event("statement");
        length
    }
}

compare! {
    // Closures, which are of another type in each copy: what they go into has its type from elsewhere.
    fn branches_with_closures(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let mut f: Box<dyn Fn(usize) -> usize> = Box::new(|x| x + 1);
        yield_!(1);
        f = Box::new(|x| x + 2);
        event(format!("{}", f(1)));
        f = { yield_!(2); Box::new(|x| x + 3) };
        event(format!("{}", f(1)));
        3
    }
}

compare! {
    fn branches_return(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Part> {
        let early = yield_!(1);
        if early > 4 {
            return if n > 1 { yield_!(2); Some(Box::new(noisy("early"))) } else { Some(Box::new(n)) };
        }
        let found: Part = loop {
            if yield_!(3) > 2 { break if n > 1 { yield_!(4); Some(Box::new(noisy("found"))) } else { Some(Box::new(n)) } }
            yield_!(5);
            break { yield_!(6); Some(Box::new(noisy("last"))) };
        };
        event(format!("{found:?}"));
        match n { 1 => { yield_!(7); Some(Box::new(noisy("tail"))) } _ => None }
    }
}

compare! {
    // What a branch of a chain of conditions leaves with is what is expected of the chain.
    fn branches_of_chains(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Part> {
        let first: Part = if let Some(m) = Some(noisy("some")) {
            yield_!(1);
            Some(Box::new(m))
        } else {
            Some(Box::new(n))
        };
        event(format!("{first:?}"));
        let second: Part = if let Some(m) = first.as_ref() && yield_!(2) > 1 {
            yield_!(3);
            Some(Box::new(noisy("chain")))
        } else if yield_!(4) > 2 {
            Some(Box::new(n))
        } else {
            yield_!(5);
            Some(Box::new(noisy("else")))
        };
        event(format!("{second:?}"));
        for k in 0..2 {
            if yield_!(6) > 3 {
                return match mk(k) { m if m > 0 => { yield_!(7); Some(Box::new(noisy("return"))) } m => Some(Box::new(m)) };
            }
        }
        if let Some(m) = second { yield_!(8); Some(Box::new((m, noisy("last")))) } else { None }
    }
}

compare_movable! {
    // The check of what may move knows what is expected as well.
    fn branches_of_what_may_move(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        let sum = [all([match (noisy("a"), noisy("b")) {
            (a, b) if n > 1 => Box::new(4_u32),
            (.., ref b) if n > 9 => Box::new(noisy("boxed")),
            mut pair => return 7,
        }, Box::new(noisy("c"))]), yield_!(1)];
        sum[0] + part(2, if n > 2 { yield_!(2); Some(Box::new(noisy("part"))) } else { None })
    }
}

fn all(of: [Box<dyn Debug>; 2]) -> u32 {
    event(format!("{of:?}"));
    2
}

compare! {
    // The operands of a tail live as long as its temporaries, those after the suspension point as well.
    fn operands_of_tails(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let block = { part(yield_!(1), Some(Box::new(noisy("let")))) };
        if n > 1 { part(yield_!(2), Some(Box::new(noisy("branch")))) } else { part(yield_!(3), { event("late"); None }) };
        match n { 0 => part(part(yield_!(4), Some(Box::new(noisy("inner")))), Some(Box::new(noisy("outer")))), _ => 3 };
        part(yield_!(block), Some(Box::new(noisy("tail"))))
    }
}
