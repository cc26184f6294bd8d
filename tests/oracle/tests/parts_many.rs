//! More parts of one local than an integer has bits.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, noisy};

#[derive(Debug)]
enum Op {
    Both(Noisy, Noisy),
    Nothing,
}

type Twelve = (
    Noisy,
    Noisy,
    Noisy,
    Noisy,
    Noisy,
    Noisy,
    Noisy,
    Noisy,
    Noisy,
    Noisy,
    Noisy,
    Noisy,
);

fn twelve(n: u32) -> Twelve {
    let one = |m: u32| noisy(format!("{n}.{m}"));
    (
        one(0),
        one(1),
        one(2),
        one(3),
        one(4),
        one(5),
        one(6),
        one(7),
        one(8),
        one(9),
        one(10),
        one(11),
    )
}

struct Pair {
    a: Noisy,
    b: Noisy,
}

compare! {
    fn more_than_128_parts(#[resume] c: bool) -> impl Generator<bool, Yield = u32> {
        let mut w = (twelve(0), twelve(1), twelve(2), twelve(3), twelve(4), twelve(5), twelve(6), twelve(7), twelve(8), twelve(9), twelve(10), Op::Both(noisy("left"), noisy("right")), Pair { a: noisy("a"), b: noisy("b") });
        let mut c = yield_!(1);
        if c {
            drop(w.0.1); drop(w.10.11);
            let Pair { a, .. } = w.12;
            yield_!(2);
            w.10.11 = noisy("again");
            w.0.1 = noisy("again");
        }
        c = yield_!(3);
        if c {
            drop(w.10);
            w.10 = twelve(20);
            if c { if let Op::Both(x, _) = w.11 { yield_!(4); } } else { match w.11 { Op::Both(_, x) => { yield_!(5); } _ => {} } }
            return;
        }
        w.12.a = noisy("a again");
        drop(w.0.0); drop(w.0.1); drop(w.0.2); drop(w.0.3); drop(w.0.4); drop(w.0.5); drop(w.0.6); drop(w.0.7); drop(w.0.8); drop(w.0.9); drop(w.0.10); drop(w.0.11);
        drop(w.1.0); drop(w.1.1); drop(w.1.2); drop(w.1.3); drop(w.1.4); drop(w.1.5); drop(w.1.6); drop(w.1.7); drop(w.1.8); drop(w.1.9); drop(w.1.10); drop(w.1.11);
        drop(w.2.0); drop(w.2.1); drop(w.2.2); drop(w.2.3); drop(w.2.4); drop(w.2.5); drop(w.2.6); drop(w.2.7); drop(w.2.8); drop(w.2.9); drop(w.2.10); drop(w.2.11);
        drop(w.3.0); drop(w.3.1); drop(w.3.2); drop(w.3.3); drop(w.3.4); drop(w.3.5); drop(w.3.6); drop(w.3.7); drop(w.3.8); drop(w.3.9); drop(w.3.10); drop(w.3.11);
        drop(w.4.0); drop(w.4.1); drop(w.4.2); drop(w.4.3); drop(w.4.4); drop(w.4.5); drop(w.4.6); drop(w.4.7); drop(w.4.8); drop(w.4.9); drop(w.4.10); drop(w.4.11);
        yield_!(6);
        drop(w.5.0); drop(w.5.1); drop(w.5.2); drop(w.5.3); drop(w.5.4); drop(w.5.5); drop(w.5.6); drop(w.5.7); drop(w.5.8); drop(w.5.9); drop(w.5.10); drop(w.5.11);
        drop(w.6.0); drop(w.6.1); drop(w.6.2); drop(w.6.3); drop(w.6.4); drop(w.6.5); drop(w.6.6); drop(w.6.7); drop(w.6.8); drop(w.6.9); drop(w.6.10); drop(w.6.11);
        drop(w.7.0); drop(w.7.1); drop(w.7.2); drop(w.7.3); drop(w.7.4); drop(w.7.5); drop(w.7.6); drop(w.7.7); drop(w.7.8); drop(w.7.9); drop(w.7.10); drop(w.7.11);
        drop(w.8.0); drop(w.8.1); drop(w.8.2); drop(w.8.3); drop(w.8.4); drop(w.8.5); drop(w.8.6); drop(w.8.7); drop(w.8.8); drop(w.8.9); drop(w.8.10); drop(w.8.11);
        drop(w.9.0); drop(w.9.1); drop(w.9.2); drop(w.9.3); drop(w.9.4); drop(w.9.5); drop(w.9.6); drop(w.9.7); drop(w.9.8); drop(w.9.9); drop(w.9.10); drop(w.9.11);
        drop(w.10.0); drop(w.10.1); drop(w.10.2); drop(w.10.3); drop(w.10.4); drop(w.10.5); drop(w.10.6); drop(w.10.7); drop(w.10.8); drop(w.10.9); drop(w.10.10); drop(w.10.11);
        yield_!(7);
        drop(w.12.b);
        match w.11 { Op::Both(_, x) if c => { yield_!(8); } Op::Both(x, _) => { yield_!(9); } _ => {} }
        yield_!(10);
    }
    with ()
}
