//! Parameters: patterns, `mut`, `_`, `#[resume]` in every position, and when they drop.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, noisy};

struct Pair {
    left: Noisy,
    right: Noisy,
}

compare! {
    fn drop_order_of_used_and_unused(a: Noisy, b: Noisy, c: Noisy) -> impl Generator<Yield = usize> {
        let local = noisy("local");
        yield_!(b.name().len());
        event(format!("{local:?}"));
    }
    with (noisy("a"), noisy("b"), noisy("c"))
}

compare! {
    fn ignored_parameters(_: Noisy, _named: Noisy, (_, kept, ..): (Noisy, Noisy, Noisy)) -> impl Generator<Yield = usize> {
        yield_!(kept.name().len());
        let _local = noisy("local");
        yield_!(1);
    }
    with (noisy("ignored"), noisy("named"), (noisy("t0"), noisy("t1"), noisy("t2")))
}

compare! {
    fn patterns(
        Pair { left, right: mut other }: Pair,
        [first, rest @ ..]: [Noisy; 3],
        &(n, ref name): &'static (u32, &'static str),
        mut count: u32,
    ) -> impl Generator<Yield = String, Return = Noisy> {
        yield_!(format!("{left:?} {n} {name}"));
        other.rename("!");
        count += n;
        yield_!(format!("{rest:?} {count}"));
        drop(left);
        yield_!(format!("{first:?}"));
        other
    }
    with (Pair { left: noisy("left"), right: noisy("right") }, [noisy("a"), noisy("b"), noisy("c")], &(5, "five"), 1)
}

compare! {
    fn moved_before_the_first_yield(a: Noisy, b: Noisy, c: Noisy) -> impl Generator<Yield = usize, Return = Noisy> {
        drop(b);
        let moved = a;
        yield_!(moved.name().len());
        yield_!(c.name().len());
        moved
    }
    with (noisy("a"), noisy("b"), noisy("c"))
}

compare! {
    fn shadowed_by_locals(a: Noisy, n: u32) -> impl Generator<Yield = String> {
        let n = n + 1;
        yield_!(format!("{a:?} {n}"));
        let a = noisy(format!("shadows {}", a.name()));
        yield_!(format!("{a:?}"));
        {
            let a = n;
            yield_!(a.to_string());
        }
    }
    with (noisy("a"), 1)
}

compare! {
    fn resume_first(#[resume] first: Noisy, a: Noisy) -> impl Generator<Noisy, Yield = usize> {
        let local = noisy("local");
        yield_!(first.name().len());
        event(format!("{a:?} {local:?}"));
    }
    with (noisy("a"))
}

compare! {
    fn resume_in_the_middle(a: Noisy, #[resume] first: Noisy, b: Noisy) -> impl Generator<Noisy, Yield = usize> {
        let second = yield_!(first.name().len());
        let third = yield_!(second.name().len());
        event(format!("{a:?} {b:?} {third:?}"));
    }
    with (noisy("a"), noisy("b"))
}

compare! {
    fn resume_last_and_unused(a: Noisy, #[resume] first: Noisy) -> impl Generator<Noisy, Yield = usize> {
        yield_!(a.name().len());
        yield_!(2);
    }
    with (noisy("a"))
}

compare! {
    fn resume_ignored(a: Noisy, #[resume] _: Noisy, b: Noisy) -> impl Generator<Noisy, Yield = usize> {
        let local = noisy("local");
        yield_!(a.name().len() + b.name().len());
        let _ = yield_!(1);
        let _kept = yield_!(2);
        event(format!("{local:?}"));
        yield_!(3);
    }
    with (noisy("a"), noisy("b"))
}

compare! {
    fn resume_by_pattern(#[resume] (mut n, name): (u32, Noisy), a: Noisy) -> impl Generator<(u32, Noisy), Yield = String> {
        n += 1;
        let (m, _) = yield_!(format!("{n} {name:?}"));
        let (_, other) = yield_!(format!("{m} {a:?}"));
        yield_!(format!("{other:?} {n}"));
    }
    with (noisy("a"))
}

compare! {
    fn resume_mut_and_assigned(#[resume] mut input: Noisy) -> impl Generator<Noisy, Yield = String, Return = Noisy> {
        for _ in 0..3 {
            input.rename("!");
            let shown = format!("{input:?}");
            input = yield_!(shown);
        }
        input
    }
}

compare! {
    fn arguments_of_a_resumption_are_dropped_at_once(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = usize> {
        drop(first);
        yield_!(1);
        yield_!(2);
        let _ = yield_!(3);
        let _bound = yield_!(4);
        yield_!(5).name();
        (yield_!(6), noisy("beside")).1.name();
    }
}

compare! {
    fn none_at_all() -> impl Generator {
        let local = noisy("local");
        yield_!();
        event(format!("{local:?}"));
        yield_!(());
        let unit: () = yield_!();
        unit
    }
}

compare! {
    fn parameters_of_every_size(
        zero: (),
        byte: u8,
        large: [u64; 40],
        boxed: Box<[Noisy]>,
        text: &str,
        callback: fn(u32) -> u32,
    ) -> impl Generator<Yield = u64, Return = usize> {
        yield_!(u64::from(byte) + large[39]);
        let () = zero;
        yield_!(u64::from(callback(7)));
        boxed.len() + text.len()
    }
    with ((), 9, [3; 40], Box::new([noisy("in a box")]), "text", |n| n * 2)
}
