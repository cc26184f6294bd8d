//! `#[cfg]` inside of generators.
#![deny(warnings)]
#![allow(
    clippy::non_minimal_cfg,
    clippy::single_element_loop,
    reason = "`all()` holds and `any()` does not, whatever the target"
)]

use std::pin::pin;

use handcrank::{Generator, GeneratorState, Iter, generator, machine, yield_};

/// What holds and what does not.
struct Fields {
    a: u32,
    #[cfg(any())]
    absent: NoSuchType,
    b: u32,
}

/// With parameters that are and are not there.
#[generator]
fn parameters(
    #[cfg(all())] a: u32,
    #[cfg(any())] b: NoSuchType,
    #[cfg(not(any()))] c: u32,
) -> impl Iterator<Item = u32> {
    yield_!(a);
    yield_!(c);
}

#[generator]
fn all(n: u32) -> impl Generator<Yield = u32> {
    #[cfg(all())]
    let x = n + 1;
    #[cfg(not(all()))]
    let x = no_such_name;
    yield_!(x);
    let mut y = 1;
    #[cfg(any())]
    y = no_such_name;
    #[cfg(not(any()))]
    y += 10;
    yield_!(y);
    let fields = Fields {
        a: 1,
        #[cfg(any())]
        absent: no_such_name,
        b: 2,
    };
    let Fields {
        a,
        #[cfg(any())]
        absent,
        b,
    } = fields;
    yield_!(a + b);
    match n {
        #[cfg(any())]
        0 => yield_!(no_such_name),
        #[cfg(all())]
        1 => yield_!(100),
        #[cfg(not(all()))]
        1 => no_such_name,
        _ => yield_!(200),
    }
    #[cfg(any())]
    {
        yield_!(no_such_name);
    }
    #[cfg(all())]
    #[allow(dead_code)]
    fn nested() -> u32 {
        #[cfg(any())]
        no_such_name();
        7
    }
    for i in [
        #[cfg(any())]
        no_such_name,
        nested(),
    ] {
        yield_!(i);
    }
}

#[test]
fn what_holds_is_there() {
    assert_eq!(parameters(1, 2).collect::<Vec<_>>(), [1, 2]);
    let numbers = Iter::new(pin!(all(1))).collect::<Vec<_>>();
    assert_eq!(numbers, [2, 11, 3, 100, 7]);
    let numbers = Iter::new(pin!(all(2))).collect::<Vec<_>>();
    assert_eq!(numbers, [3, 11, 3, 200, 7]);
}

trait Numbers {
    #[generator]
    fn numbers(&self, #[cfg(any())] absent: u32) -> impl Iterator<Item = u32> {
        #[cfg(all())]
        yield_!(1);
    }
}

impl Numbers for u32 {
    #[generator]
    fn numbers(&self, #[cfg(any())] absent: u32) -> impl Iterator<Item = u32> {
        yield_!(*self);
        #[cfg(any())]
        yield_!(1);
    }
}

impl Numbers for () {}

#[test]
fn in_traits() {
    assert_eq!(5.numbers().collect::<Vec<_>>(), [5]);
    assert_eq!(().numbers().collect::<Vec<_>>(), [1]);
}

#[generator]
fn many(n: u32) -> impl Generator<Yield = u32> {
    #[cfg(all())]
    yield_!(1);
    #[cfg(any())]
    yield_!(absent);
    #[cfg(all(all()))]
    yield_!(2);
    #[cfg(any(any()))]
    yield_!(absent);
    #[cfg(all(not(any())))]
    yield_!(3);
    #[cfg(any(not(all())))]
    yield_!(absent);
    #[cfg(all(all(all())))]
    yield_!(4);
    #[cfg(any(any(any())))]
    yield_!(absent);
    yield_!(match n {
        #[cfg(any(any(), any()))]
        1 => absent,
        #[cfg(all(all(), all()))]
        1 => {
            yield_!(5);
            6
        }
        _ => 7,
    });
    let text = format!(
        "{}",
        match n {
            #[cfg(all())]
            2 => {
                yield_!(8);
                9
            }
            #[cfg(not(all()))]
            2 => absent,
            n => n,
        }
    );
    yield_!(text.parse().unwrap());
    let twice = vec![
        match n {
            #[cfg(not(any()))]
            1 => {
                yield_!(10);
                11
            }
            _ => 12,
        };
        2
    ];
    yield_!(twice[1]);
}

#[test]
fn as_many_as_there_are() {
    let items = |n| Iter::new(pin!(many(n))).collect::<Vec<_>>();
    assert_eq!(items(1), [1, 2, 3, 4, 5, 6, 1, 10, 11]);
    assert_eq!(items(2), [1, 2, 3, 4, 7, 8, 9, 12]);
}

#[generator]
fn in_arguments(n: u32) -> impl Generator<Yield = u32, Return = bool> {
    let is_odd = matches!(
        match n {
            #[cfg(all())]
            0 => {
                yield_!(10);
                Some((n, 1))
            }
            #[cfg(any())]
            0 => no_such_name,
            1 => {
                #[cfg(any())]
                yield_!(no_such_name);
                #[cfg(not(any()))]
                yield_!(11);
                None
            }
            _ => {
                yield_!(12);
                Some((n, 2))
            }
        },
        Some((_, 1) | (3, _)) | None
            if match n {
                #[cfg(any())]
                _ => no_such_name,
                #[cfg(not(any()))]
                _ => {
                    yield_!(13);
                    true
                }
            }
    );
    let fields = Fields { a: n, b: 2 };
    is_odd
        && !matches!(
            fields,
            Fields {
                a: 5,
                #[cfg(any())]
                absent,
                b,
            } if b > 2
        )
}

#[test]
fn in_the_arguments_of_matches() {
    let run = |n| {
        let mut machine = pin!(in_arguments(n));
        let mut items = Vec::new();
        loop {
            match machine.as_mut().resume(()) {
                GeneratorState::Yielded(item) => items.push(item),
                GeneratorState::Complete(is_odd) => return (items, is_odd),
            }
        }
    };
    assert_eq!(run(0), (vec![10, 13], true));
    assert_eq!(run(1), (vec![11, 13], true));
    assert_eq!(run(3), (vec![12, 13], true));
    assert_eq!(run(4), (vec![12], false));
}

#[test]
fn in_machines() {
    let words = vec!["a", "b"];
    let mut last = "c";
    let machine = machine!([words, last = &mut last] -> impl Iterator<Item = &'static str> {
        for word in words {
            #[cfg(any())]
            yield absent;
            #[cfg(all())]
            yield word;
        }
        #[cfg(not(all()))]
        absent();
        yield last;
        *last = "d";
    });
    assert_eq!(machine.collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(last, "d");
}
