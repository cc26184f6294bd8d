//! Functions in an `impl` of a trait, types of machines, and functions that return them.

use std::cell::Cell;
use std::future::Future;
use std::iter::FusedIterator;

use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Pause, block_on, run};

struct One;

trait Undeclared {
    fn repeated<T: Clone>(&self, value: T) -> impl Iterator<Item = T>;
    fn once(self) -> impl Iterator<Item = u32>;
    fn kept<T>(self, value: T) -> impl Future<Output = T>;
}

#[generator]
impl Undeclared for One {
    #[generator]
    fn repeated<T: Clone>(&self, value: T) -> impl Iterator<Item = T> {
        yield_!(value.clone());
        yield_!(value);
    }

    #[generator]
    fn once(self) -> impl Iterator<Item = u32> {
        yield_!(1);
    }

    async fn kept<T>(self, value: T) -> T {
        Pause(1).await;
        value
    }
}

#[generator]
trait Declared {
    #[generator]
    fn repeated<T: Clone>(&self, value: T) -> impl Iterator<Item = T>;
    #[generator]
    fn once(self) -> impl Iterator<Item = u32>;
    async fn kept<T>(self, value: T) -> T;
}

impl Declared for u32 {
    fn repeated<T: Clone>(&self, value: T) -> impl Iterator<Item = T> + FusedIterator {
        vec![value; *self as usize].into_iter()
    }

    fn once(self) -> impl Iterator<Item = u32> + FusedIterator {
        [self].into_iter()
    }

    async fn kept<T>(self, value: T) -> T {
        Pause(self).await;
        value
    }
}

#[test]
fn the_attribute_on_a_whole_impl_and_a_whole_trait() {
    assert_eq!(
        Undeclared::repeated(&One, 'a').collect::<Vec<_>>(),
        ['a', 'a']
    );
    assert_eq!(Undeclared::once(One).collect::<Vec<_>>(), [1]);
    assert_eq!(block_on(Undeclared::kept(One, 3)), (1, 3));
    assert_eq!(Declared::repeated(&2, 'a').collect::<Vec<_>>(), ['a', 'a']);
    assert_eq!(Declared::once(7).collect::<Vec<_>>(), [7]);
    assert_eq!(block_on(Declared::kept(2, 3)), (2, 3));
}

trait Compare {
    #[generator]
    async fn same<T: PartialEq>(&self, one: &T, other: &T) -> bool;
    #[generator]
    async fn length<T>(&self, items: Vec<T>) -> usize;
    #[generator]
    async fn either<'a, 'b>(&self, one: &'a str, other: &'b str) -> (&'a str, &'b str);
}

impl Compare for One {
    #[generator]
    async fn same<T: PartialEq>(&self, one: &T, other: &T) -> bool {
        let both = [one, other];
        Pause(1).await;
        both[0] == both[1]
    }

    #[generator]
    async fn length<T>(&self, items: Vec<T>) -> usize {
        let borrowed = &items;
        Pause(1).await;
        borrowed.len()
    }

    #[generator]
    async fn either<'a, 'b>(&self, one: &'a str, other: &'b str) -> (&'a str, &'b str) {
        let first = if one.is_empty() { other } else { one };
        Pause(1).await;
        assert_eq!(first, "other");
        (one, other)
    }
}

trait CompareOf<T> {
    fn same(&self, one: &T, other: &T) -> impl Future<Output = bool>;
    fn zipped<'a>(&self, one: &'a [T], other: &'a [T]) -> impl Iterator<Item = (&'a T, &'a T)>;
    fn length(&self, items: Vec<T>) -> impl Future<Output = usize>;
}

#[generator]
impl<T: PartialEq> CompareOf<T> for One {
    async fn same(&self, one: &T, other: &T) -> bool {
        let both = (one, other);
        Pause(1).await;
        both.0 == both.1
    }

    #[generator]
    fn zipped<'a>(&self, one: &'a [T], other: &'a [T]) -> impl Iterator<Item = (&'a T, &'a T)> {
        for both in one.iter().zip(other) {
            yield_!(both);
        }
    }

    async fn length(&self, items: Vec<T>) -> usize {
        Pause(1).await;
        items.len()
    }
}

struct Two;

impl<T: PartialEq> CompareOf<T> for Two {
    async fn same(&self, one: &T, other: &T) -> bool {
        let both = [one, other];
        Pause(1).await;
        both[0] == both[1]
    }

    fn zipped<'a>(&self, one: &'a [T], other: &'a [T]) -> impl Iterator<Item = (&'a T, &'a T)> {
        one.iter().zip(other)
    }

    async fn length(&self, items: Vec<T>) -> usize {
        let borrowed = &items;
        Pause(1).await;
        borrowed.len()
    }
}

#[test]
fn two_arguments_in_a_local_of_a_traits_method() {
    assert_eq!(block_on(Compare::same(&One, &1, &1)), (1, true));
    assert_eq!(block_on(Compare::length(&One, vec!['a'])), (1, 1));
    assert_eq!(block_on(One.either("", "other")), (1, ("", "other")));
    assert_eq!(block_on(CompareOf::same(&One, &1, &2)), (1, false));
    assert_eq!(block_on(CompareOf::length(&One, vec!['a'])), (1, 1));
    assert_eq!(block_on(CompareOf::same(&Two, &1, &1)), (1, true));
    assert_eq!(block_on(CompareOf::length(&Two, vec!['a'])), (1, 1));
    for zipped in [
        CompareOf::zipped(&One, &[1, 2], &[3, 4]).collect::<Vec<_>>(),
        CompareOf::zipped(&Two, &[1, 2], &[3, 4]).collect(),
    ] {
        assert_eq!(zipped, [(&1, &3), (&2, &4)]);
    }
}

#[generator]
fn in_a_block(n: u32) -> impl Generator<Yield = u32> + Send {
    {
        let pointer = &raw const n;
        assert!(!pointer.is_null());
    }
    let m = {
        let cell = Cell::new(n + 1);
        let borrowed = &cell;
        borrowed.get()
    };
    yield_!(m);
    yield_!(n);
}

#[test]
fn a_block_around_what_is_not_send() {
    assert_eq!(run(in_a_block(1)).0, [2, 1]);
}

struct Server;

impl Server {
    #[generator]
    async fn keep<T: Clone>(&self, value: T) -> T {
        Pause(1).await;
        value.clone()
    }

    #[generator]
    fn awaits<T: Clone>(&self, value: T) -> impl Future<Output = T> {
        self.keep(value).await
    }

    fn outlives<'a, T: Clone + 'a>(&'a self, value: T) -> impl Future<Output = T> {
        self.keep(value)
    }
}

#[test]
fn a_generator_or_a_bound_for_what_returns_a_future() {
    assert_eq!(block_on(Server.awaits('a')), (1, 'a'));
    assert_eq!(block_on(Server.outlives('b')), (1, 'b'));
}

type Numbers = Box<dyn Iterator<Item = u32>>;

#[generator]
fn written_out(n: u32) -> Box<dyn Iterator<Item = u32>> {
    yield_!(n);
    yield_!(n + 1);
}

fn by_its_alias(n: u32) -> Numbers {
    written_out(n)
}

fn optional(n: u32) -> Option<impl Generator<Yield = u32, Return = ()>> {
    #[generator]
    fn machine(n: u32) -> impl Generator<Yield = u32> {
        yield_!(n);
    }
    (n > 0).then(|| machine(n))
}

#[test]
fn return_types_are_written_out() {
    assert_eq!(by_its_alias(1).collect::<Vec<_>>(), [1, 2]);
    assert!(optional(0).is_none());
    assert_eq!(optional(1).map(run).expect("a machine").0, [1]);
}
