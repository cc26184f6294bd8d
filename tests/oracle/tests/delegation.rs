//! `yield_from!`: another generator runs in place, and its value is the expression's.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, noisy};

compare! {
    fn to_the_end_and_on(n: u32) -> impl Generator<Yield = u32, Return = Noisy> {
        let outer = noisy("outer");
        yield_!(1);
        let inner = yield_from!(numbers(n, noisy("argument")));
        event(format!("{inner:?} {outer:?}"));
        yield_from!(numbers(2, noisy("again")));
        yield_!(2);
        inner
    }
    fn numbers(n: u32, argument: Noisy) -> impl Generator<Yield = u32, Return = Noisy> {
        let local = noisy("local");
        for i in 0..n {
            yield_!(100 + i);
        }
        event(format!("{local:?}"));
        argument
    }
    with (3)
}

compare! {
    fn with_arguments(#[resume] first: u32) -> impl Generator<u32, Yield = String, Return = u32> {
        let second = yield_!(format!("outer {first}"));
        let total = yield_from!(adder(noisy("a")), second) + yield_from!(adder(noisy("b")), first + 1000);
        let last = yield_!(format!("total {total}"));
        total + last
    }
    fn adder(name: Noisy, #[resume] first: u32) -> impl Generator<u32, Yield = String, Return = u32> {
        let second = yield_!(format!("{name:?} {first}"));
        if second > 14 {
            return first;
        }
        let third = yield_!(format!("{name:?} {second}"));
        first + second + third
    }
}

compare! {
    fn as_an_operand() -> impl Generator<Yield = u32, Return = String> {
        let sum = (noisy("left"), yield_from!(counted(1)), noisy("right"), yield_from!(counted(2)));
        event(format!("{sum:?}"));
        if yield_from!(counted(1)) > 0 {
            yield_!(1);
        }
        for i in 0..yield_from!(counted(2)) {
            yield_!(i);
        }
        match yield_from!(counted(3)) {
            3 => format!("three {}", yield_from!(counted(0))),
            other => other.to_string(),
        }
    }
    fn counted(n: u32) -> impl Generator<Yield = u32, Return = u32> {
        let _inner = noisy(format!("counted {n}"));
        for i in 0..n {
            yield_!(i * 10);
        }
        n
    }
}

compare! {
    fn borrowing_a_local() -> impl Generator<Yield = usize, Return = usize> {
        let list = vec![noisy("x"), noisy("yy")];
        let text = String::from("text");
        let seen = yield_from!(lengths(&list, &text));
        yield_!(seen);
        let more = [noisy("zzz")];
        seen + yield_from!(lengths(&more, &noisy("temporary").name().to_owned()))
    }
    fn lengths<'a>(list: &'a [Noisy], extra: &'a str) -> impl Generator<Yield = usize, Return = usize> {
        let mut sum = 0;
        for item in list {
            sum += item.name().len();
            yield_!(item.name().len());
        }
        sum + extra.len()
    }
}

compare! {
    fn failing_inside() -> impl Generator<Yield = u32, Return = Result<u32, Noisy>> {
        let _outer = noisy("outer");
        let one = yield_from!(fallible(1))?;
        yield_!(one);
        let two = yield_from!(fallible(2))?;
        yield_!(two);
        Ok(one + two)
    }
    fn fallible(n: u32) -> impl Generator<Yield = u32, Return = Result<u32, Noisy>> {
        let inner = noisy(format!("inner {n}"));
        yield_!(n);
        if n == 2 {
            return Err(inner);
        }
        Ok(n * 100)
    }
}

compare! {
    fn several_levels(depth: u32) -> impl Generator<Yield = u32, Return = u32> {
        let _top = noisy("top");
        yield_from!(middle(depth, noisy("passed"))) + yield_from!(bottom(noisy("direct")))
    }
    fn middle(depth: u32, name: Noisy) -> impl Generator<Yield = u32, Return = u32> {
        let mut sum = 0;
        for i in 0..depth {
            let _turn = noisy(format!("turn {i}"));
            sum += yield_from!(bottom(name.clone()));
        }
        sum
    }
    fn bottom(name: Noisy) -> impl Generator<Yield = u32, Return = u32> {
        yield_!(name.name().len() as u32);
        name.consume() as u32
    }
    with (2)
}
