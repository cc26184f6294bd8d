//! How locals come to be: patterns, annotations, `let .. else`, deferred initialization, shadowing.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, Zst, compare, event, noisy};

struct Pair {
    left: Noisy,
    right: Noisy,
}

struct Wrapper<T>(T, u8);

fn wrap(value: Noisy) -> Wrapper<Option<Noisy>> {
    Wrapper(Some(value), 3)
}

compare! {
    fn tuple_and_slice_patterns(
        pair: (Noisy, Noisy),
        #[resume] n: u32,
    ) -> impl Generator<u32, Yield = String, Return = Noisy> {
        let (a, (mut b, c)) = (noisy("x"), pair);
        let [first, .., last] = [n, n + 1, n + 2];
        yield_!(format!("{first} {last}"));
        b.rename("!");
        let n = yield_!(c.name().to_owned());
        event(format!("{n} {}", a.name()));
        let [head, rest @ ..] = [noisy("h"), noisy("i"), noisy("j")];
        let _ = yield_!(format!("{head:?} {rest:?}"));
        b
    }
    with ((noisy("p"), noisy("q")))
}

compare! {
    fn struct_patterns(pair: Pair) -> impl Generator<Yield = usize> {
        let Pair { left, right: mut other } = pair;
        yield_!(left.name().len());
        other.rename("--");
        let Wrapper(inner, size) = wrap(other);
        yield_!(usize::from(size));
        let Some(Noisy { .. }) = &inner else { return };
        yield_!(inner.as_ref().map_or(0, |noisy| noisy.name().len()));
    }
    with (Pair { left: noisy("left"), right: noisy("right") })
}

compare! {
    fn patterns_that_borrow() -> impl Generator<Yield = String> {
        let mut pair = (noisy("a"), noisy("b"));
        let (ref one, ref mut two) = pair;
        yield_!(one.name().to_owned());
        two.rename("2");
        yield_!(format!("{one:?} {two:?}"));
        let (x, y) = &mut pair;
        std::mem::swap(x, y);
        yield_!(format!("{x:?} {y:?}"));
        let &mut (ref first, _) = &mut pair;
        yield_!(first.name().to_owned());
    }
}

compare! {
    fn wildcards_do_not_bind() -> impl Generator<Yield = u32> {
        let _ = noisy("dropped at once");
        yield_!(1);
        let _kept = noisy("kept");
        yield_!(2);
        let (_, b) = (noisy("unbound"), noisy("bound"));
        yield_!(3);
        let whole = (noisy("left"), noisy("right"));
        let (_, right) = whole;
        yield_!(4);
        event(format!("{:?} {b:?} {right:?}", whole.0));
    }
}

compare! {
    fn at_bindings_in_let(start: u32) -> impl Generator<Yield = String> {
        let n @ (1..=9 | 20..) = start else {
            yield_!("out of range".to_owned());
            return;
        };
        let whole @ (a, b) = (n, n + 1);
        yield_!(format!("{whole:?}"));
        yield_!(format!("{a} {b}"));
        let ref all @ [ref first, .., ref last] = [noisy("u"), noisy("v"), noisy("w")];
        yield_!(format!("{first:?} {last:?}"));
        yield_!(format!("{all:?}"));
    }
    with (5)
}

compare! {
    fn let_else_leaves_with_a_value(
        #[resume] mut input: Option<u32>,
    ) -> impl Generator<Option<u32>, Yield = u32, Return = Noisy> {
        let log = noisy("log");
        let mut last = noisy("nothing");
        loop {
            let Some(n) = input else {
                yield_!(0);
                break;
            };
            let Ok::<_, Noisy>(value) = (if n < 100 { Ok(noisy(format!("n{n}"))) } else { Err(noisy("e")) })
            else {
                return log;
            };
            last = value;
            input = yield_!(n);
        }
        last
    }
}

compare! {
    fn let_else_yields_in_both_places(
        #[resume] first: Option<u32>,
    ) -> impl Generator<Option<u32>, Yield = String, Return = u32> {
        let kept = noisy("kept");
        let Some(a) = yield_!(format!("{first:?}")) else { return 1 };
        let temporary = noisy("temporary");
        let Some(b) = yield_!(format!("{a} {temporary:?}")) else {
            let why = noisy("else");
            yield_!(format!("{a} {why:?}"));
            return 2;
        };
        yield_!(format!("{a} {b} {kept:?}"));
        3
    }
}

compare! {
    fn deferred_initialization(#[resume] flag: bool) -> impl Generator<bool, Yield = u32, Return = String> {
        let early;
        let late: Noisy;
        let other = noisy("other");
        if flag {
            early = noisy("then");
            yield_!(1);
        } else {
            yield_!(2);
            early = noisy("else");
        }
        late = noisy("late");
        yield_!(3);
        format!("{early:?} {late:?} {other:?}")
    }
}

compare! {
    fn never_initialized_on_one_path(stop: bool) -> impl Generator<Yield = u32, Return = u32> {
        let a = noisy("a");
        let maybe;
        let b = noisy("b");
        yield_!(1);
        if stop {
            return 1;
        }
        maybe = noisy("maybe");
        yield_!(2);
        event(format!("{maybe:?} {a:?} {b:?}"));
        2
    }
    with (true)
}

compare! {
    fn initialized_on_the_other_path(stop: bool) -> impl Generator<Yield = u32, Return = u32> {
        let a = noisy("a");
        let maybe;
        let b = noisy("b");
        yield_!(1);
        if stop {
            return 1;
        }
        maybe = noisy("maybe");
        yield_!(2);
        event(format!("{maybe:?} {a:?} {b:?}"));
        2
    }
    with (false)
}

compare! {
    fn initialized_by_the_arms_of_a_match(#[resume] first: u32) -> impl Generator<u32, Yield = u32> {
        for round in 0..3 {
            let value;
            let pair: (Noisy, u32);
            match (first + round) % 3 {
                0 => {
                    value = noisy("zero");
                    pair = (noisy("z"), yield_!(0));
                }
                1 => {
                    pair = (noisy("o"), 1);
                    yield_!(1);
                    value = noisy("one");
                }
                _ => continue,
            }
            yield_!(pair.1);
            event(format!("{value:?} {pair:?}"));
        }
    }
}

compare! {
    fn shadowing(#[resume] x: u32) -> impl Generator<u32, Yield = String> {
        let x = noisy(format!("first {x}"));
        yield_!(x.name().to_owned());
        let x = (x.name().len(), noisy("second"));
        yield_!(format!("{x:?}"));
        {
            let x = yield_!(format!("outer {}", x.0));
            let x = noisy(format!("inner {x}"));
            yield_!(x.name().to_owned());
        }
        yield_!(format!("again {x:?}"));
        let x = x.1;
        yield_!(x.name().to_owned());
    }
}

compare! {
    fn shadowed_in_its_own_initializer() -> impl Generator<Yield = usize, Return = usize> {
        let n = 1;
        let n = {
            yield_!(n);
            let n = n + 10;
            yield_!(n);
            n + 100
        };
        let n = if n > 100 {
            let n = n * 2;
            yield_!(n);
            n
        } else {
            n
        };
        let word = String::from("word");
        let word = word + "s";
        yield_!(word.len());
        let word = word.as_str();
        yield_!(word.len() + n);
        word.len()
    }
}

compare! {
    fn types_from_later_uses(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = Vec<String>> {
        let mut list = Vec::new();
        let mut nothing = None;
        let sum = Default::default();
        yield_!(list.len());
        list.push(n.to_string());
        yield_!(nothing.iter().count());
        let mut total: u64 = sum;
        nothing = Some(noisy("something"));
        total += u64::from(yield_!(nothing.iter().count()));
        let collected = (1..4).collect();
        yield_!(list.len() + 1);
        total += Vec::<u64>::into_iter(collected).sum::<u64>();
        list.push(total.to_string());
        list
    }
}

compare! {
    fn annotations() -> impl Generator<Yield = u64> {
        let a: u8 = 255;
        let list: Vec<_> = (0..3).map(|n| noisy(format!("v{n}"))).collect();
        let slice: &[Noisy] = &list;
        let boxed: Box<dyn Fn(u64) -> u64> = Box::new(|n| n + 1);
        let array: [[u16; 2]; 2] = [[1, 2], [3, 4]];
        yield_!(u64::from(a));
        yield_!(slice.len() as u64);
        yield_!(boxed(u64::from(array[1][0])));
        let (left, _right): (&[Noisy], &[Noisy]) = slice.split_at(1);
        yield_!(left.len() as u64);
    }
}

compare! {
    fn zero_sized_and_large_locals() -> impl Generator<Yield = usize> {
        let unit = ();
        let zst = Zst;
        let nothing: [Zst; 0] = [];
        let two = [Zst, Zst];
        let large = [[7_u64; 64]; 16];
        let large_and_noisy = (noisy("n"), [1_u8; 2000], noisy("m"));
        yield_!(large.len() + nothing.len() + two.len());
        let moved = zst;
        yield_!(large_and_noisy.1.len() + large[15][63] as usize);
        let () = unit;
        drop(moved);
        yield_!(large_and_noisy.0.name().len());
    }
}

/// A value that may be none, of a temporary.
fn some(of: &Noisy, is_some: bool) -> Option<Noisy> {
    is_some.then(|| noisy(format!("of {of:?}")))
}

compare! {
    fn temporaries_of_let_else_drop_before_it(
        #[resume] first: bool,
    ) -> impl Generator<bool, Yield = String, Return = u32> {
        let Some(kept) = some(&noisy("a"), { yield_!(format!("{first}")) }) else {
            event("else");
            return 1;
        };
        let Some(used) = some(&noisy("b"), { yield_!(format!("{kept:?}")) || true }) else {
            event("else");
            return 2;
        };
        drop(used);
        let Some(last) = some(&noisy("c"), { yield_!(format!("{kept:?}")) }) else {
            let last = noisy("in else");
            yield_!(format!("{last:?}"));
            return 3;
        };
        yield_!(format!("{kept:?} {last:?}"));
        4
    }
}

compare! {
    fn what_let_else_leaves_drops_before_temporaries(
        #[resume] first: u32,
    ) -> impl Generator<u32, Yield = String, Return = u32> {
        let (Some(kept), _, _) = (
            some(&noisy("a"), true),
            noisy("left"),
            yield_!(format!("{first}")),
        ) else {
            return 1;
        };
        let (Some(used), _, _) = (
            some(&noisy("b"), yield_!(format!("{kept:?}")) > 1),
            noisy("left, too"),
            noisy(format!("{:?}", noisy("c"))),
        ) else {
            return 2;
        };
        drop(used);
        let (Some(_), Some(other)) = (
            some(&noisy("d"), yield_!(format!("{kept:?}")) > 1),
            some(&noisy("e"), true),
        ) else {
            return 3;
        };
        yield_!(format!("{kept:?} {other:?}"));
        4
    }
}

compare! {
    fn let_else_that_refers_to_what_suspends(#[resume] first: Option<Noisy>) -> impl Generator<Option<Noisy>, Yield = u32> {
        let Some(ref a) = yield_!(1) else {
            return;
        };
        yield_!(a.name().len() as u32);
        let Some(ref b) = (yield_!(2)) else {
            return;
        };
        let Some(c) = &mut Some(yield_!(3)) else {
            return;
        };
        yield_!(b.name().len() as u32);
        *c = None;
    }
}

compare! {
    fn last_let_else_that_refers_to_what_suspends(#[resume] first: Option<Noisy>) -> impl Generator<Option<Noisy>, Yield = u32, Return = usize> {
        let Some(ref a) = yield_!(1) else {
            return 0;
        };
        event("between");
        a.name().len()
    }
}

compare! {
    fn last_let_else_with_a_part_by_reference(#[resume] first: Option<Noisy>) -> impl Generator<Option<Noisy>, Yield = u32, Return = usize> {
        let (Some(ref a), b) = (yield_!(1), noisy("b")) else {
            return 0;
        };
        event("between");
        a.name().len() + b.name().len()
    }
}

compare! {
    fn last_let_else_of_a_reference(#[resume] first: Option<Noisy>) -> impl Generator<Option<Noisy>, Yield = u32, Return = usize> {
        let Some(a) = &yield_!(1) else {
            return 0;
        };
        event("between");
        a.name().len()
    }
}

compare! {
    fn let_else_that_takes_a_part_and_refers_to_another() -> impl Generator<Yield = u32> {
        for n in 0..2 {
            let (Some(taken), ref referred) = (Some(noisy("taken")), noisy("referred")) else {
                continue;
            };
            yield_!(n);
            drop(taken);
            yield_!(referred.name().len() as u32);
            let (Some(taken), ref referred) = ((Some(noisy("taken")), noisy("referred"))) else {
                continue;
            };
            yield_!(n);
        }
    }
}
