//! Panics in the body: what was initialized is dropped, in order, and nothing else runs.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use handcrank_oracle::{Brittle, Noisy, compare, event, mk, noisy};

/// `panic!` without its message on standard error.
fn fail(why: &str) -> ! {
    event(format!("fail {why}"));
    resume_unwind(Box::new(why.to_owned()))
}

fn fail_if(condition: bool, why: &str) -> u32 {
    if condition {
        fail(why);
    }
    7
}

compare! {
    fn before_the_first_yield(arg: Noisy) -> impl Generator<Yield = u32> {
        let _a = noisy("a");
        for n in 0..3 {
            let _turn = noisy(format!("turn {n}"));
            yield_!(n);
            fail_if(n == 1, "second turn");
        }
        event(format!("{arg:?}"));
    }
    with (noisy("arg"))
}

compare! {
    fn among_operands(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = (Noisy, u32, Noisy)> {
        let kept = noisy("kept");
        let one = (noisy("x"), yield_!(n), noisy("y"));
        event(format!("{one:?}"));
        let two = (noisy("u"), fail_if(yield_!(1) == 12, "operand"), noisy("v"));
        event(format!("{two:?} {kept:?}"));
        one
    }
}

compare! {
    fn with_moved_and_unmoved_locals(#[resume] flag: bool) -> impl Generator<bool, Yield = u32, Return = u32> {
        let a = noisy("a");
        let b = noisy("b");
        let mut c = noisy("c");
        drop(a);
        yield_!(1);
        if flag {
            drop(c);
            yield_!(fail_if(!flag, "not yet"));
            c = noisy("c again");
        }
        event(format!("{c:?} {b:?}"));
        if yield_!(2) { fail("at last") } else { 0 }
    }
}

compare! {
    fn in_nested_scopes_and_loops() -> impl Generator<Yield = u32> {
        let outer = noisy("outer");
        'rows: for row in 0..3 {
            let _row = noisy(format!("row {row}"));
            {
                let _block = noisy("block");
                loop {
                    let _turn = noisy("turn");
                    yield_!(row);
                    match row {
                        0 => continue 'rows,
                        1 => break,
                        _ => {
                            let _arm = noisy("arm");
                            yield_!(100);
                            fail("in an arm");
                        }
                    }
                }
            }
            event(format!("{outer:?}"));
        }
    }
}

compare! {
    fn destructors_that_panic() -> impl Generator<Yield = u32> {
        let _first = noisy("first");
        let _second = noisy("second");
        yield_!(1);
        {
            let _before = noisy("before");
            let _brittle = Brittle(noisy("brittle"));
            let _after = noisy("after");
            yield_!(2);
        }
        yield_!(3);
    }
}

compare! {
    fn destructors_that_panic_on_assignment() -> impl Generator<Yield = u32> {
        let _first = noisy("first");
        let mut brittle = Brittle(noisy("old"));
        yield_!(1);
        event(format!("{:?}", brittle.0));
        brittle = Brittle(noisy("new"));
        yield_!(2);
        event(format!("{:?}", brittle.0));
    }
}

compare! {
    fn a_fragile_value_taken_apart_in_time(flag: bool) -> impl Generator<Yield = u32> {
        let brittle = Brittle(noisy("brittle"));
        let _other = noisy("other");
        yield_!(1);
        if flag {
            std::mem::forget(brittle);
            yield_!(2);
        } else {
            yield_!(3);
            drop(brittle);
        }
        yield_!(4);
    }
    with (false)
}

compare! {
    fn caught_inside_the_body() -> impl Generator<Yield = String, Return = Noisy> {
        let a = noisy("a");
        let mut count = 0;
        let caught = catch_unwind(AssertUnwindSafe(|| {
            let _inner = noisy("inner");
            count += 1;
            fail_if(count == 1, "caught");
            a.name().len()
        }));
        yield_!(format!("{}", caught.is_err()));
        let again = catch_unwind(AssertUnwindSafe(|| { count += 1; fail_if(count == 1, "again") }));
        yield_!(format!("{:?} {count}", again.ok()));
        a
    }
}

compare! {
    fn arithmetic_that_panics(#[resume] n: usize) -> impl Generator<usize, Yield = usize, Return = usize> {
        let list = vec![noisy("l0"), noisy("l1"), noisy("l2"), noisy("l3")];
        let mut n = n;
        loop {
            let item = &list[mk(n)];
            n = yield_!(item.name().len() + 100 / (5 - n));
        }
    }
}

compare! {
    fn while_arguments_are_evaluated(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        fn take(a: Noisy, b: u32, c: Noisy) -> u32 {
            let inside = noisy("inside");
            fail_if(b == 12, "inside the callee");
            event(format!("{a:?} {c:?} {inside:?}"));
            b
        }
        let first = take(noisy("a"), n, noisy("c"));
        yield_!(first);
        let second = take(noisy("a"), yield_!(1), noisy("c"));
        second
    }
}

fn bang(t: &Noisy) -> Noisy {
    panic!("bang {}", t.name())
}

compare! {
    fn an_operand_in_the_body_of_an_arm() -> impl Generator<Yield = u32> {
        yield_!(0);
        match 2 {
            1 => (noisy("f"), noisy("g"), ()),
            _ => (noisy("i"), bang(&noisy("t")), yield_!(1)),
        };
    }
}
compare! {
    fn an_operand_after_the_suspension_point_of_an_arm() -> impl Generator<Yield = u32> {
        match 2 {
            1 => (noisy("f"), (), noisy("g")),
            _ => (noisy("i"), yield_!(1), bang(&noisy("t"))),
        };
    }
}
compare! {
    fn an_operand_after_the_suspension_point_of_a_branch() -> impl Generator<Yield = u32> {
        let x = if std::hint::black_box(true) {
            (noisy("i"), yield_!(1), bang(&noisy("t")))
        } else {
            (noisy("f"), yield_!(2), noisy("g"))
        };
    }
}

compare! {
    fn moved_before_what_never_returns(
        text: Noisy,
        pair: (Noisy, Noisy),
        #[resume] n: u32,
    ) -> impl Generator<u32, Yield = usize, Return = Noisy> {
        let other = noisy("other");
        let n = yield_!(text.name().len());
        let part = if n == 11 {
            drop(pair.0);
            let taken = noisy("taken");
            std::panic::resume_unwind(Box::new((text.name().len(), drop(text))))
        } else {
            1
        };
        yield_!(part);
        drop(text);
        event(format!("{other:?}"));
        pair.0
    }
    with (noisy("text"), (noisy("a"), noisy("b")))
}
