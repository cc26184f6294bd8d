//! Edition 2021: temporaries of a block's tail, and of the condition of an `if let`, drop later than in 2024.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{compare, event, noisy, Noisy};

compare! {
    fn tail_of_a_block_that_does_not_suspend() -> impl Generator<Yield = usize> {
        let kept = noisy("kept");
        yield_!(0);
        let n = {
            let inner = noisy("inner");
            noisy("temporary").name().len() + kept.name().len()
        };
        yield_!(n);
        let n = { let inner = noisy("inner"); kept.clone().name().len() };
        yield_!(n);
        let n = { let inner = noisy("inner"); Some(kept).as_ref().map_or(0, |n| n.name().len()) };
        yield_!(n);
    }
}

compare! {
    fn tail_of_a_branch(flag: bool) -> impl Generator<Yield = usize> {
        let kept = noisy("kept");
        yield_!(0);
        let n = if flag {
            let inner = noisy("inner");
            kept.clone().name().len()
        } else {
            let inner = noisy("inner");
            [kept.clone(), kept][1].name().len()
        };
        yield_!(n);
    }
    with (true)
}

compare! {
    fn tail_that_is_a_call() -> impl Generator<Yield = usize> {
        let kept = noisy("kept");
        let other = noisy("other");
        yield_!(0);
        event(format!("{}", { let inner = noisy("inner"); usize::max(kept.clone().name().len(), other.clone().name().len()) }));
        let pair = { let inner = noisy("inner"); (kept.clone().name().len(), other.clone().name().len()) };
        yield_!(pair.0);
        let sum = 1 + { let inner = noisy("inner"); kept.clone().name().len() + other.clone().name().len() };
        yield_!(sum);
        match { let inner = noisy("inner"); kept.clone().name().len() } { n => event(format!("{n}")) }
        yield_!(sum);
        let n = loop { let inner = noisy("inner"); break { let more = noisy("more"); kept.clone().name().len() } };
        yield_!(n);
        let s = { let inner = noisy("inner"); &kept.clone().name().to_owned() == "kept" };
        yield_!(s as usize);
    }
}

compare! {
    fn tails_that_suspend() -> impl Generator<Yield = usize> {
        let kept = noisy("kept");
        let n = { let inner = noisy("inner"); yield_!(0); kept.clone().name().len() };
        yield_!(n);
        let n = { let inner = noisy("inner"); kept.clone().name().len() + { yield_!(1); 1 } };
        yield_!(n);
    }
}

compare! {
    fn if_let_drops_after_else(flag: bool) -> impl Generator<Yield = usize> {
        let kept = noisy("kept");
        yield_!(0);
        if let Some(n) = kept.clone().name().find(if flag { "z" } else { "k" }) { event(format!("{n}")) } else { event("else") }
        yield_!(1);
        if let Some(n) = kept.clone().name().find(if flag { "z" } else { "k" }) { yield_!(n); } else { yield_!(2); event("else") }
        yield_!(3);
    }
    with (true)
}

compare! {
    fn tails_of_branches_and_loops_that_suspend(flag: bool) -> impl Generator<Yield = usize> {
        let kept = noisy("kept");
        let n = if flag { let inner = noisy("inner"); yield_!(0); kept.clone().name().len() } else { let inner = noisy("else"); kept.clone().name().len() };
        yield_!(n);
        let n = match n { 5 => { let inner = noisy("arm"); yield_!(1); kept.clone().name().len() } _ => { let inner = noisy("other"); kept.clone().name().len() } };
        yield_!(n);
        let n = if flag { let inner = noisy("inner"); kept.clone().name().len() } else { let inner = noisy("else"); yield_!(2); kept.clone().name().len() };
        yield_!(n);
        let mut i = 0;
        while i < 2 { i += 1; let inner = noisy("while"); yield_!(i); let _: usize = { let more = noisy("more"); kept.clone().name().len() }; }
        for i in 0..2 { let inner = noisy("for"); yield_!(i); noisy("tail").name().len().checked_add(1).map(|_| ()).unwrap_or(()) }
        loop { let inner = noisy("loop"); yield_!(i); if kept.clone().name().len() > 1 { break } }
        // SAFETY: nothing in it is unsafe.
        unsafe { let inner = noisy("unsafe"); yield_!(9); kept.clone().name().len(); }
        let n = 'b: { let inner = noisy("block"); if i == 7 { break 'b 1 } yield_!(10); kept.clone().name().len() };
        yield_!(n);
    }
    with (true)
}

compare! {
    fn body_with_a_tail() -> impl Generator<Yield = usize, Return = usize> {
        let kept = noisy("kept");
        yield_!(0);
        kept.clone().name().len() + noisy("other").name().len()
    }
}

struct Lens(handcrank_oracle::Noisy, u32);

impl Lens {
    fn of(name: &str, n: u32) -> Lens {
        Lens(noisy(format!("lens {name}")), n)
    }
    fn half(&self) -> Option<u32> {
        event(format!("half {}", self.1));
        (self.1 % 2 == 0).then(|| self.1 / 2)
    }
    fn name(&self) -> Option<&handcrank_oracle::Noisy> {
        (self.1 > 1).then(|| &self.0)
    }
}

compare! {
    fn guards_with_let() -> impl Generator<Yield = u32, Return = usize> {
        let mut length = 0;
        for n in 0..6 {
            let pair = (noisy("a"), noisy("b"));
            length += match pair {
                (a, _) if let Some(h) = Lens::of("first", n).half() && let Some(name) = Lens::of("second", h).name() => {
                    event(format!("{name:?}"));
                    yield_!(h);
                    a.name().len()
                }
                (a, _) | (_, a) if let Some(name) = Lens::of(a.name(), { yield_!(10); n }).name() && a.name() == "b" && n < 4 => {
                    yield_!(name.name().len() as u32);
                    Lens::of("tail", 2).name().map_or(0, |n| n.name().len())
                }
                (a, b) if let 5 = Lens::of("third", n).1 => { drop(b); Lens::of("other", 2).name().map_or(0, |n| n.name().len()) }
                (_, b) => { yield_!(99); b.name().len() }
            };
        }
        length
    }
}

compare! {
    fn parts_of_temporaries() -> impl Generator<Yield = u32, Return = usize> {
        let (a, ref b) = (1, (noisy("a"), noisy("b"))).1;
        yield_!(1);
        drop(a);
        let (ref c, Some(d)) = (noisy("c"), (noisy("x"), Some(noisy("d")))).1 else { yield_!(2); return 1 };
        yield_!(3);
        drop(d);
        c.name().len() + b.name().len()
    }
}

compare! {
    fn a_local_whose_name_is_a_keyword_later(gen: Noisy, #[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let length = yield_!(gen.name().len());
        {
            let gen = vec![noisy("inner"), noisy("other")];
            for gen in gen {
                yield_!(gen.name().len());
                println!("{gen:?}", gen = gen.name());
            }
        }
        let shown = format!("{gen:?}");
        let run = || gen.name().len() + shown.len();
        yield_!(run());
        let run = move || gen;
        yield_!(length as usize);
        run().name().len()
    }
    with (noisy("gen"))
}

compare! {
    // A `!` falls back to `()` in this edition.
    fn paths_of_functions_that_never_return(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let kept = noisy("kept");
        yield_!(0);
        if n == 0 {
            drop(kept);
            std::process::exit(1);
        }
        yield_!(kept.name().len());
        let length = match n {
            1 => std::process::abort(),
            2 => std::panic::resume_unwind(Box::new(n)),
            3 => std::process::exit(1) as usize,
            _ => kept.name().len() + yield_!(2) as usize,
        };
        yield_!(length);
        length
    }
}
