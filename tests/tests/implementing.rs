//! Methods of traits that know nothing of `#[generator]`, and signatures that meet what is generated.
#![deny(refining_impl_trait)]
#![allow(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::future::Future;
use std::pin::Pin;

use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Pause, block_on, run};

/// Not declared with the attribute.
pub trait Numbers {
    fn shared(&self) -> impl Iterator<Item = u32>;
    fn associated() -> impl Iterator<Item = u32>;
    fn boxed(self: Box<Self>) -> Box<dyn Iterator<Item = u32>>;
    fn two<'a>(&'a self, other: &'a [u32]) -> Box<dyn Iterator<Item = u32> + 'a>;
    fn future(&self) -> impl Future<Output = u32>;
    fn pinned(&mut self) -> Pin<Box<dyn Generator<Yield = u32, Return = ()> + '_>>;
}

/// Declared with it where it adds a lifetime.
pub trait Declared {
    #[generator]
    fn owned(self) -> impl Iterator<Item = u32>;
    #[generator]
    fn owned_with(self, other: &u32) -> impl Iterator<Item = u32>;
    #[generator]
    fn generic<T: Clone>(&self, value: T) -> impl Iterator<Item = T>;
}

#[derive(Clone, Debug)]
pub struct One(u32);

impl Numbers for One {
    #[generator]
    fn shared(&self) -> impl Iterator<Item = u32> {
        yield_!(self.0);
        yield_!(self.0 + 1);
    }

    #[generator]
    fn associated() -> impl Iterator<Item = u32> {
        yield_!(1);
    }

    #[generator]
    fn boxed(self: Box<Self>) -> Box<dyn Iterator<Item = u32>> {
        yield_!(self.0);
        yield_!(self.0);
    }

    #[generator]
    fn two<'a>(&'a self, other: &'a [u32]) -> Box<dyn Iterator<Item = u32> + 'a> {
        let both = [&self.0, &other[0]];
        for number in &both {
            yield_!(**number);
        }
    }

    #[generator]
    async fn future(&self) -> u32 {
        Pause(1).await;
        self.0
    }

    #[generator]
    fn pinned(&mut self) -> Pin<Box<dyn Generator<Yield = u32, Return = ()> + '_>> {
        yield_!(self.0);
        self.0 += 1;
        yield_!(self.0);
    }
}

impl Declared for One {
    #[generator]
    fn owned(self) -> impl Iterator<Item = u32> {
        yield_!(self.0);
        yield_!(self.0 + 1);
    }

    #[generator]
    fn owned_with(self, other: &u32) -> impl Iterator<Item = u32> {
        yield_!(self.0 + other);
        yield_!(*other);
    }

    #[generator]
    fn generic<T: Clone>(&self, value: T) -> impl Iterator<Item = T> {
        for _ in 0..self.0 {
            yield_!(value.clone());
        }
        yield_!(value);
    }
}

#[test]
fn traits_need_not_know_of_the_attribute() {
    let mut one = One(1);
    assert_eq!(one.shared().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(one.clone().owned().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(one.clone().owned_with(&4).collect::<Vec<_>>(), [5, 4]);
    assert_eq!(one.generic('a').collect::<String>(), "aa");
    assert_eq!(One::associated().collect::<Vec<_>>(), [1]);
    assert_eq!(Box::new(one.clone()).boxed().collect::<Vec<_>>(), [1, 1]);
    assert_eq!(one.two(&[3]).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(block_on(one.future()).1, 1);
    assert_eq!(run(one.pinned()).0, [1, 2]);
}

// ------------------------------------------------------------------------------ names

struct Lives<'frame>(&'frame str);

impl<'frame> Lives<'frame> {
    #[generator]
    fn lengths(&self, other: &str) -> impl Generator<Yield = usize> {
        let both = [self.0, other];
        for text in &both {
            yield_!(text.len());
        }
    }
}

#[generator]
fn named_lifetimes<'frame, 'life_0>(
    a: &'frame str,
    b: &'life_0 str,
    c: &str,
) -> impl Generator<Yield = usize> {
    let all = [a, b, c];
    for text in &all {
        yield_!(text.len());
    }
}

impl One {
    #[generator]
    fn named_like_self(&self, self_: u32) -> impl Generator<Yield = u32> {
        yield_!(self.0);
        yield_!(self_);
    }
}

/// Locals called as types and modules are.
#[generator]
fn named_locals() -> impl Generator<Yield = u32> {
    let u32 = 1_u32;
    let std = 2_u32;
    let handcrank = 3;
    yield_!(u32);
    let sum: u32 = std::cmp::max(u32, std);
    yield_!(sum);
    yield_!(u32 + std + handcrank);
}

#[generator]
fn _1() -> impl Iterator<Item = u32> {
    yield_!(1);
}

#[generator]
fn machine(machine: u32) -> impl Iterator<Item = u32> {
    yield_!(machine);
    yield_!(machine);
}

#[test]
fn names_of_the_users_do_not_clash_with_ours() {
    assert_eq!(run(Lives("ab").lengths("c")).0, [2, 1]);
    assert_eq!(run(named_lifetimes("ab", "c", "")).0, [2, 1, 0]);
    assert_eq!(run(named_locals()).0, [1, 2, 6]);
    assert_eq!(run(One(1).named_like_self(2)).0, [1, 2]);
    assert_eq!(_1().collect::<Vec<_>>(), [1]);
    assert_eq!(machine(1).collect::<Vec<_>>(), [1, 1]);
}

// ------------------------------------------------------------------------------ lifetimes in frames

struct Holder<T>(T);

impl<T: Iterator<Item = u32>> Holder<T> {
    /// Keeps, if only in its frame, a reference to what it holds.
    #[generator]
    pub fn sizes(mut self) -> impl Iterator<Item = usize> {
        let inner = &mut self.0;
        let size = hint(&inner);
        yield_!(size);
        yield_!(size + 1);
    }
}

fn hint<I: Iterator>(iterator: &&mut I) -> usize {
    iterator.size_hint().0
}

impl<T: AsRef<str>> Holder<T> {
    /// A temporary that borrows lives to the end of the statement.
    #[generator]
    fn lengths(self) -> impl Iterator<Item = usize> {
        yield_!(self.0.as_ref().len());
        yield_!(self.0.as_ref().len() + 1);
    }

    #[generator]
    fn lengths_with<U: AsRef<str>>(&self, other: U) -> impl Iterator<Item = usize> {
        yield_!(self.0.as_ref().len());
        yield_!(other.as_ref().len());
    }
}

#[test]
fn frames_have_room_for_borrows() {
    let holder = Holder([1, 2].into_iter());
    assert_eq!(holder.sizes().collect::<Vec<_>>(), [2, 3]);
    assert_eq!(Holder("ab").lengths_with("c").collect::<Vec<_>>(), [2, 1]);
    assert_eq!(Holder("ab").lengths().collect::<Vec<_>>(), [2, 3]);
}

struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    #[generator]
    fn both(x: &'a str, y: &str) -> impl Generator<Yield = usize> {
        let both = [x, y];
        for text in &both {
            yield_!(text.len());
        }
    }

    #[generator]
    fn with(self, other: &str) -> impl Generator<Yield = usize> {
        let both = [other, self.0];
        for text in &both {
            yield_!(text.len());
        }
    }

    #[generator]
    fn longer(self, other: &str) -> impl Iterator<Item = usize> {
        let longer = if other.len() > self.0.len() {
            other
        } else {
            self.0
        };
        yield_!(longer.len());
        yield_!(longer.len());
    }
}

struct Pair<'a, 'b>(&'a str, &'b str);

impl Pair<'_, '_> {
    #[generator]
    fn owned(self) -> impl Iterator<Item = usize> {
        let longer = if self.1.len() > self.0.len() {
            self.1
        } else {
            self.0
        };
        yield_!(longer.len());
        yield_!(longer.len());
    }

    #[generator]
    fn borrowed(&mut self) -> impl Generator<Yield = usize> {
        let both = [self.0, self.1];
        for text in &both {
            yield_!(text.len());
        }
        self.0 = "";
    }
}

#[test]
fn lifetimes_of_the_impl_may_meet_those_of_the_function() {
    assert_eq!(run(Text::both("ab", "c")).0, [2, 1]);
    assert_eq!(run(Text("ab").with("c")).0, [1, 2]);
    assert_eq!(Text("ab").longer("c").collect::<Vec<_>>(), [2, 2]);
    assert_eq!(Pair("ab", "c").owned().collect::<Vec<_>>(), [2, 2]);
    assert_eq!(run(Pair("ab", "c").borrowed()).0, [2, 1]);
}
