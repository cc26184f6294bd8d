//! `#[generator]` on an `impl` or a trait, which it is shown as a whole.
#![allow(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::fmt::Debug;
use std::future::{Future, ready};
use std::pin::pin;

use handcrank::{Generator, GeneratorState, generator, yield_};
use handcrank_tests::{Pause, block_on, run};

/// Somebody else's: it knows nothing of the attribute.
trait Load: Sized {
    const LIMIT: usize;
    type Key: ?Sized;

    fn load(&self, key: &Self::Key, from: &[u8]) -> impl Future<Output = usize> + Send;
    fn each<T: Debug>(&self, value: T, other: &str) -> impl Iterator<Item = String>;
    fn owned(self, other: &u32) -> impl Future<Output = usize>;
    fn made(key: &str, other: &[u8]) -> impl Future<Output = Self>;
    fn plain(&self) -> usize;
}

#[derive(Clone)]
struct Shelf<'a, T>(&'a [T]);

/// As a trait of the crate itself would be implemented.
#[generator]
impl<'a, T: Debug + Sync + Clone> Load for Shelf<'a, T> {
    const LIMIT: usize = 2;
    type Key = str;

    async fn load(&self, key: &str, from: &[u8]) -> usize {
        let count = self.0.len();
        Pause(1).await;
        let all = (&self.0, key.trim(), from.iter().max(), &count);
        Pause(1).await;
        format!("{all:?}").len()
    }

    #[generator]
    fn each<U: Debug>(&self, value: U, other: &str) -> impl Iterator<Item = String> {
        for item in self.0 {
            yield_!(format!("{item:?}{value:?}{other}"));
        }
    }

    async fn owned(self, other: &u32) -> usize {
        let this = &self;
        ready(other).await;
        this.0.len() + *other as usize
    }

    async fn made(key: &str, other: &[u8]) -> Self {
        ready((key.len(), other.len())).await;
        Shelf(&[])
    }

    fn plain(&self) -> usize {
        Self::LIMIT
    }
}

#[test]
fn a_trait_that_knows_nothing_of_it() {
    let items = [1u8, 2];
    let shelf = Shelf(&items);
    let expected = format!("{:?}", (&items, "k", Some(&9u8), &2)).len();
    assert_eq!(block_on(shelf.load(" k ", &[3, 9])).1, expected);
    assert_eq!(shelf.each('v', "o").collect::<Vec<_>>(), ["1'v'o", "2'v'o"]);
    assert_eq!(block_on(shelf.clone().owned(&5)).1, 7);
    assert_eq!(block_on(Shelf::<u8>::made("", &[])).1.plain(), 2);
}

/// Declared by it: the signatures are those of plain `async fn`s.
#[generator]
trait Measure {
    async fn measure(&self, of: &str) -> usize;

    async fn twice(&self, of: &str, and: &str) -> usize {
        let first = self.measure(of).await;
        Pause(1).await;
        first + self.measure(and).await
    }

    #[generator]
    fn letters(&self, of: &str) -> impl Iterator<Item = char> {
        for letter in of.chars() {
            yield_!(letter);
        }
    }

    fn plain(&self) -> usize {
        1
    }
}

impl Measure for u8 {
    async fn measure(&self, of: &str) -> usize {
        of.len() + usize::from(*self)
    }
}

#[generator]
impl Measure for u16 {
    async fn measure(&self, of: &str) -> usize {
        let of = of;
        Pause(1).await;
        of.len() + usize::from(*self)
    }
}

impl Measure for u32 {
    fn measure(&self, of: &str) -> impl Future<Output = usize> {
        ready(of.len() + *self as usize)
    }
}

#[test]
fn a_trait_that_any_async_fn_implements() {
    assert_eq!(block_on(3u8.twice("a", "bc")).1, 9);
    assert_eq!(block_on(4u16.twice("a", "bc")).1, 11);
    assert_eq!(block_on(5u32.twice("a", "bc")).1, 13);
    assert_eq!(5u32.letters("ab").collect::<String>(), "ab");
    assert_eq!(4u16.plain(), 1);
}

struct Tank<Item>(Item);

/// The parameters of the block are known, whatever they are called.
#[generator]
impl<Item: Debug, const N: usize> Tank<[Item; N]> {
    #[generator]
    fn made(first: Item, other: &str) -> impl Generator<Yield = String> {
        let both = (&first, other);
        yield_!(format!("{both:?}"));
        yield_!(format!("{both:?}{N}"));
    }

    #[generator]
    fn filled(#[resume] mut into: &mut Vec<Item>) -> impl Generator<&mut Vec<Item>> {
        while into.pop().is_some() {
            into = yield_!();
        }
    }

    async fn mixed(&self, one: &Item, other: &Item) -> String {
        let one = if N == 0 { one } else { &self.0[0] };
        let both = [one, other];
        Pause(1).await;
        format!("{both:?}")
    }

    #[handcrank::generator]
    pub fn kept(self) -> impl Generator<Yield = String> {
        let this = &self;
        for item in &this.0 {
            yield_!(format!("{item:?}"));
        }
    }

    fn plain(&self) -> usize {
        N
    }
}

#[test]
fn the_parameters_of_an_impl() {
    let made = Tank::<[char; 2]>::made('a', "b");
    assert_eq!(run(made).0, ["('a', \"b\")", "('a', \"b\")2"]);
    let mut items = vec!['a', 'b'];
    let mut filled = pin!(Tank::<[char; 0]>::filled());
    assert_eq!(
        filled.as_mut().resume(&mut items),
        GeneratorState::Yielded(())
    );
    assert_eq!(
        filled.as_mut().resume(&mut items),
        GeneratorState::Yielded(())
    );
    assert_eq!(
        filled.as_mut().resume(&mut items),
        GeneratorState::Complete(())
    );
    let tank = Tank(['a', 'b']);
    assert_eq!(block_on(tank.mixed(&'c', &'d')).1, "['a', 'd']");
    assert_eq!(tank.plain(), 2);
    assert_eq!(run(tank.kept()).0, ["'a'", "'b'"]);
}

/// On the function alone: a parameter of the block that is called as such.
struct Plain<T>(T);

impl<T: Debug> Plain<T> {
    #[generator]
    fn made(value: T) -> impl Generator<Yield = String> {
        let borrowed = &value;
        yield_!(format!("{borrowed:?}"));
        yield_!(format!("{borrowed:?}"));
    }
}

#[test]
fn a_parameter_of_an_impl_that_is_not_shown() {
    assert_eq!(run(Plain::made('a')).0, ["'a'", "'a'"]);
    let _ = Plain(1).0;
}

/// `#[cfg]` on functions of the block, and in them.
trait Configured {
    fn one(&self, other: &str) -> impl Future<Output = u32>;
}

#[generator]
impl Configured for u8 {
    #[cfg(any())]
    async fn one(&self, other: &str) -> u32 {
        nothing_of_that_name()
    }

    #[cfg(all())]
    async fn one(&self, other: &str) -> u32 {
        #[cfg(any())]
        nothing_of_that_name();
        #[cfg(all())]
        let n = other.len() as u32;
        Pause(1).await;
        n + u32::from(*self)
    }
}

#[test]
fn functions_that_are_configured() {
    assert_eq!(block_on(1u8.one("ab")).1, 3);
}
