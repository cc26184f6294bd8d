//! Delegation, ten deep.

use handcrank::{generator, yield_, yield_from};
use std::ops::{Coroutine, CoroutineState};
use std::pin::Pin;

mod ours {
    use super::*;

    #[generator]
    pub fn level_0(n: u64) -> impl Iterator<Item = u64> {
        for i in 0..n {
            yield_!(i);
        }
    }

    macro_rules! levels {
        ($($name:ident $inner:ident)*) => {$(
            #[generator]
            pub fn $name(n: u64) -> impl Iterator<Item = u64> {
                yield_!(n);
                yield_from!($inner(n));
            }
        )*};
    }
    levels! {
        level_1 level_0 level_2 level_1 level_3 level_2 level_4 level_3 level_5 level_4
        level_6 level_5 level_7 level_6 level_8 level_7 level_9 level_8 level_10 level_9
    }
}

mod by_hand {
    pub struct Level<I> {
        pub first: Option<u64>,
        pub inner: I,
    }

    impl<I: Iterator<Item = u64>> Iterator for Level<I> {
        type Item = u64;
        #[inline]
        fn next(&mut self) -> Option<u64> {
            match self.first.take() {
                Some(first) => Some(first),
                None => self.inner.next(),
            }
        }
    }

    pub fn level_0(n: u64) -> std::ops::Range<u64> {
        0..n
    }

    macro_rules! levels {
        ($($name:ident $inner:ident)*) => {$(
            pub fn $name(n: u64) -> impl Iterator<Item = u64> {
                Level { first: Some(n), inner: $inner(n) }
            }
        )*};
    }
    levels! {
        level_1 level_0 level_2 level_1 level_3 level_2 level_4 level_3 level_5 level_4
        level_6 level_5 level_7 level_6 level_8 level_7 level_9 level_8 level_10 level_9
    }
}

mod rustc {
    use super::*;

    pub fn level_0(n: u64) -> impl Coroutine<Yield = u64, Return = ()> + Unpin {
        #[coroutine]
        move || {
            for i in 0..n {
                yield i;
            }
        }
    }

    macro_rules! levels {
        ($($name:ident $inner:ident)*) => {$(
            pub fn $name(n: u64) -> impl Coroutine<Yield = u64, Return = ()> + Unpin {
                #[coroutine]
                move || {
                    yield n;
                    let mut inner = $inner(n);
                    while let CoroutineState::Yielded(item) = Pin::new(&mut inner).resume(()) {
                        yield item;
                    }
                }
            }
        )*};
    }
    levels! {
        level_1 level_0 level_2 level_1 level_3 level_2 level_4 level_3 level_5 level_4
        level_6 level_5 level_7 level_6 level_8 level_7 level_9 level_8 level_10 level_9
    }
}

mod adapters {
    pub fn level_0(n: u64) -> std::ops::Range<u64> {
        0..n
    }

    macro_rules! levels {
        ($($name:ident $inner:ident)*) => {$(
            pub fn $name(n: u64) -> impl Iterator<Item = u64> {
                std::iter::once(n).chain($inner(n))
            }
        )*};
    }
    levels! {
        level_1 level_0 level_2 level_1 level_3 level_2 level_4 level_3 level_5 level_4
        level_6 level_5 level_7 level_6 level_8 level_7 level_9 level_8 level_10 level_9
    }
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_diapause {
    #[diapause::coroutine(yield = u64)]
    pub fn level_0(n: u64) {
        for i in 0_u64..n {
            yield_!(i);
        }
    }

    macro_rules! levels {
        ($($name:ident $inner:ident)*) => {$(
            #[diapause::coroutine(yield = u64)]
            pub fn $name(n: u64) {
                yield_!(n);
                yield_all!($inner(n));
            }
        )*};
    }
    levels! {
        level_1 level_0 level_2 level_1 level_3 level_2 level_4 level_3 level_5 level_4
        level_6 level_5 level_7 level_6 level_8 level_7 level_9 level_8 level_10 level_9
    }
}

#[allow(warnings, reason = "reported for `ours`")]
mod by_genawaiter {
    pub fn level_0(n: u64) -> impl Iterator<Item = u64> {
        genawaiter::rc::Gen::new(move |co| async move {
            for i in 0..n {
                co.yield_(i).await;
            }
        })
        .into_iter()
    }

    macro_rules! levels {
        ($($name:ident $inner:ident)*) => {$(
            pub fn $name(n: u64) -> impl Iterator<Item = u64> {
                genawaiter::rc::Gen::new(move |co| async move {
                    co.yield_(n).await;
                    for item in $inner(n) {
                        co.yield_(item).await;
                    }
                })
                .into_iter()
            }
        )*};
    }
    levels! {
        level_1 level_0 level_2 level_1 level_3 level_2 level_4 level_3 level_5 level_4
        level_6 level_5 level_7 level_6 level_8 level_7 level_9 level_8 level_10 level_9
    }
}

variants! { "delegation, ten deep", |input|
    Ours: iter(ours::level_10(input.n));
    ByHand: iter(by_hand::level_10(input.n));
    Rustc: coroutine(rustc::level_10(input.n));
    Std: iter(adapters::level_10(input.n));
    Diapause: iter(diapause::Iter::new(by_diapause::level_10(input.n)));
    GenawaiterRc: iter(by_genawaiter::level_10(input.n));
}
