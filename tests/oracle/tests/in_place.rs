//! `machine!` beside rustc's coroutine closures: the same locals go in, and the body is the same tokens, bare
//! `yield`s included.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank::{GeneratorState, machine};
use handcrank_oracle::{Noisy, compare, event, noisy};

/// `name: mut = value` is `mut name = value`.
macro_rules! compare_in_place {
    (
        fn $test:ident [$($name:ident $(: $mut:tt)? = $value:expr),*] |$first:ident|
        -> impl Generator<$r:ty, Yield = $y:ty, Return = $o:ty> { $($body:tt)* }
    ) => {
        mod $test {
            use super::*;
            use handcrank_oracle::{Cranked, Form, Forms, Native, pinned};

            fn forms() -> Forms {
                Forms {
                    cranked: Form::machine(
                        || Cranked(machine!(
                            [$($($mut)? $name = $value),*] |$first: $r|
                            -> impl Generator<$r, Yield = $y, Return = $o> { $($body)* }
                        )),
                        pinned,
                    ),
                    native: Form::machine(
                        || Native({
                            let ($($name,)*) = ($($value,)*);
                            #[coroutine]
                            static move |$first: $r| -> $o {
                                $(let $($mut)? $name = $name;)*
                                let $first = $first;
                                $($body)*
                            }
                        }),
                        pinned,
                    ),
                    plain: None,
                }
            }

            handcrank_oracle::emit_tests! {}
        }
    };
}

compare_in_place! {
    fn locals_drop_as_parameters_do [a = noisy("a"), b: mut = noisy("b"), c = noisy("c")] |first|
    -> impl Generator<(), Yield = usize, Return = ()> {
        let local = noisy("local");
        yield a.name().len();
        b = noisy("again");
        yield b.name().len();
        drop(a);
        yield 3;
        event(format!("{local:?}"));
    }
}

compare_in_place! {
    fn arguments [limit = 12_u32, log: mut = Vec::new()] |first|
    -> impl Generator<u32, Yield = u32, Return = Vec<u32>> {
        let mut total = first;
        while total < limit + 30 {
            log.push(total);
            total += yield (total + (yield 1));
        }
        log
    }
}

compare_in_place! {
    fn arguments_that_drop [kept = vec![noisy("kept")]] |first|
    -> impl Generator<Noisy, Yield = usize, Return = Option<Noisy>> {
        let mut kept = kept;
        for _ in 0..2 {
            let next = yield kept.len();
            let length = next.name().len();
            kept.push(next);
            event(format!("{length}"));
        }
        let last = kept.pop()?;
        yield 0;
        event("with the first still here");
        Some(last)
    }
}

compare_in_place! {
    fn closures_and_borrows [
        text = String::from("some words here"),
        describe = |word: &str| noisy(if word.len() > 4 { "long" } else { "short" })
    ] |first|
    -> impl Generator<(), Yield = String, Return = usize> {
        let mut count = 0;
        'words: for word in text.split(' ') {
            let described = describe(word);
            yield format!("{word}: {}", described.name());
            for letter in word.chars() {
                if letter == 'r' {
                    continue 'words;
                }
                count += 1;
            }
            drop(described);
        }
        count
    }
}

// In the bodies of generators: what goes into a machine is a local of theirs.

compare! {
    fn machines_of_kept_locals() -> impl Generator<Yield = usize> {
        let a = noisy("a");
        let b = noisy("b");
        let mut c = 3;
        yield_!(1);
        let first = machine!([a, mut n = 0] -> impl Iterator<Item = usize> {
            let b = noisy("another b");
            n += a.name().len();
            yield n;
            n += b.name().len();
            yield n;
        });
        for n in first {
            yield_!(n);
        }
        yield_!(2);
        let mut second = Box::pin(machine!([b = &b, c = &mut c] -> impl Generator<Yield = usize, Return = usize> {
            *c += 1;
            yield b.name().len();
            *c
        }));
        while let GeneratorState::Yielded(n) = handcrank::Generator::resume(second.as_mut(), ()) {
            yield_!(n);
        }
        yield_!(3);
        drop(second);
        yield_!(c);
    }
}

compare! {
    fn machines_of_values_that_suspend(#[resume] n: usize) -> impl Generator<usize, Yield = usize> {
        let kept = noisy("kept");
        let numbers = machine!([
            first = noisy("first"),
            second = yield_!(1),
            kept,
            third = (noisy("third"), yield_!(2))
        ] -> impl Iterator<Item = usize> {
            yield second;
            yield third.1;
        });
        yield_!(3);
        for n in numbers {
            yield_!(n);
            if n == 11 {
                break;
            }
        }
        yield_!(4);
    }
}

compare! {
    fn machines_in_closures_and_in_machines() -> impl Generator<Yield = u32> {
        let step = 2;
        yield_!(0);
        let from = |x: u32| machine!([x, step] -> impl Iterator<Item = u32> {
            let again = machine!([x] -> impl Iterator<Item = u32> { yield x; yield x; });
            for x in again {
                yield x + step;
            }
        });
        for n in from(1).chain(from(5)) {
            yield_!(n);
        }
        let none = machine!(-> impl Iterator<Item = u32> { let step = 7; yield step; });
        for n in none {
            yield_!(n + step);
        }
    }
}
