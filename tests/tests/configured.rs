//! `#[cfg]` inside of generators.
#![deny(warnings)]
#![allow(
    clippy::non_minimal_cfg,
    clippy::single_element_loop,
    reason = "`all()` holds and `any()` does not, whatever the target"
)]

use std::pin::pin;

use handcrank::{Generator, Iter, generator, yield_};

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
