//! Edition 2018: a closure captures variables as a whole.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{compare, event, noisy, Noisy};

macro_rules! passed {
    ($value:expr) => {
        $value
    };
}

compare! {
    fn closures_that_borrow(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let kept = noisy("kept");
        let mut list = vec![1u32, 2, 3];
        let here = (noisy("here"), n);
        let mut count = 0;
        let shared = || kept.name().len() + here.1 as usize;
        yield_!(shared());
        yield_!(passed!(shared()));
        let mut unique = |x: u32| { list.push(x); count += passed!(list.len()); count };
        yield_!(unique(4));
        yield_!(unique(5));
        let total = list.iter().filter(|x| **x as usize > kept.name().len() - 2).map(|x| *x as usize).sum::<usize>();
        yield_!(total);
        let inner = || { let again = || kept.name().len(); again() + again() };
        yield_!(inner());
        count
    }
}

compare! {
    fn closures_that_take_a_part(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let kept = noisy("kept");
        let pair = (noisy("first"), noisy("second"));
        yield_!(0);
        let n = {
            let whole = (noisy("third"), noisy("fourth"));
            let mut numbers = (1, 2);
            // All of `whole` and of `numbers` is in the closure, and drops with it.
            let take = || { let third = whole.0; numbers.0 += 1; event(third.name()); kept.name().len() + numbers.0 };
            event("before");
            let n = take();
            event("after");
            n
        };
        yield_!(n);
        let take = move || { let first = pair.0; first.name().len() };
        event("moved");
        let n = take();
        event("taken");
        yield_!(n);
        kept.name().len()
    }
}

compare! {
    fn closures_that_are_kept(#[resume] n: u32) -> impl Generator<u32, Yield = usize> {
        let kept = noisy("kept");
        let text = String::from("text");
        let boxed: Box<dyn Fn(usize) -> usize> = Box::new(|more| kept.name().len() + text.len() + more);
        yield_!(boxed(1));
        yield_!(boxed(2));
        drop(boxed);
        let consumed = noisy("consumed");
        let run = || { let inner = consumed; inner.name().len() + kept.name().len() };
        yield_!(3);
        yield_!(run());
    }
}
