//! Parts of temporaries that a `let` takes apart and refers to.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

struct Pair(Noisy, (Noisy, Option<Noisy>));

fn pair(name: &str) -> Pair {
    Pair(
        noisy(format!("{name}0")),
        (noisy(format!("{name}1")), Some(noisy(format!("{name}2")))),
    )
}

compare! {
    fn a_part_of_a_temporary_is_taken_apart_and_referred_to() -> impl Generator<Yield = u32, Return = usize> {
        let first = noisy("first");
        let (a, ref b) = pair("p").1;
        yield_!(1);
        event(format!("{a:?} {b:?}"));
        drop(a);
        let [c, ref d] = (noisy("x"), [noisy("c"), noisy("d")]).1;
        yield_!(2);
        event(format!("{c:?} {d:?}"));
        let (ref e, Some(f)) = { yield_!(3); pair("q") }.1 else { return 1 };
        yield_!(4);
        event(format!("{e:?} {f:?}"));
        let Pair(g, (ref h, _)) = (*Box::new((pair("r"), noisy("beside")))).0;
        yield_!(5);
        event(format!("{g:?} {h:?}"));
        let (ref i, j) = (*Box::new(pair("s"))).1;
        yield_!(6);
        event(format!("{i:?} {j:?}"));
        a_name(&g)
    }
}

fn a_name(noisy: &Noisy) -> usize {
    noisy.name().len()
}

compare! {
    fn a_part_of_a_temporary_in_an_inner_block(n: u32) -> impl Generator<Yield = u32, Return = usize> {
        let mut sum = 0;
        for k in 0..n {
            let (ref mut a, b) = ((pair("p").1, k), 3).0.0;
            a.rename("changed");
            yield_!(k);
            if k == 1 { let (x, ref y) = if k > 0 { pair("t") } else { pair("e") }.1; drop(x); yield_!(10); sum += y.iter().count(); continue }
            let (Some(ref c), (d, ref e)) = (Some(noisy("c")), pair("u").1) else { yield_!(11); break };
            yield_!(12);
            event(format!("{a:?} {b:?} {c:?} {d:?} {e:?}"));
            if k == 2 { drop(d); break }
            let (x, ref y) = (pair(a.name()).1);
            yield_!(13);
            sum += a_name(&x);
        }
        sum
    }
    with (3)
}

compare! {
    fn a_part_of_a_temporary_that_does_not_match(n: u32) -> impl Generator<Yield = u32, Return = usize> {
        let held = noisy("held");
        let Pair(a, (ref b, Some(c))) = pair("whole") else { yield_!(8); return 4 };
        yield_!(7);
        event(format!("{a:?} {b:?} {c:?}"));
        drop(a);
        let Pair(ref a, (b, None)) = ({ yield_!(6); pair("other") }) else {
        let (a, None) = pair("p").1 else {
            let (ref b, Some(c)) = pair("q").1 else { yield_!(9); return 4 };
            yield_!(1);
            event(format!("{b:?} {c:?}"));
            let (ref d, Some(ref e)) = pair("r").1 else { return 5 };
            yield_!(2);
            let (x @ 1.., ref y) = (*std::rc::Rc::new((n, noisy("in an rc")))) else { return 7 };
            yield_!(x);
            event(format!("{y:?} {d:?} {e:?}"));
            let (x, ref y) = [(n, noisy("in an array"))][0];
            yield_!(x);
            event(format!("{y:?}"));
            return 6;
        };
            yield_!(5);
            event(format!("{a:?}"));
            return 8;
        };
        3
    }
    with (3)
}
