//! Locals that borrow from several arguments, where nothing in the signature outlives all of them.
#![allow(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::cell::{Cell, RefCell};
use std::future::{Future, ready};

use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Pause, block_on, run};

/// Somebody else's.
trait Fetch {
    fn fetch(&self, key: &str) -> impl Future<Output = usize> + Send;
    fn merge(&mut self, into: &mut Vec<u8>, from: &[u8]) -> impl Future<Output = usize>;
    fn made(from: &str, of: &[&str]) -> impl Future<Output = Self>;
}

struct Cache(String);

fn longer<'a>(one: &'a str, other: &'a str) -> impl Future<Output = &'a str> + Send + 'a {
    ready(if one.len() > other.len() { one } else { other })
}

impl Fetch for Cache {
    #[generator]
    async fn fetch(&self, key: &str) -> usize {
        let both = [&*self.0, key];
        Pause(1).await;
        // The future borrows for the shorter of the two.
        let longer = longer(&self.0, key).await;
        both.len() + longer.len()
    }

    #[generator]
    async fn merge(&mut self, into: &mut Vec<u8>, from: &[u8]) -> usize {
        let mut all: Vec<&[u8]> = vec![self.0.as_bytes(), from];
        Pause(1).await;
        all.push(into);
        let count = all.iter().map(|part| part.len()).sum::<usize>();
        Pause(1).await;
        into.push(count as u8);
        self.0.push('!');
        count
    }

    #[generator]
    async fn made(from: &str, of: &[&str]) -> Self {
        let all: Vec<&str> = of.iter().copied().chain([from]).collect();
        Pause(1).await;
        Cache(all.concat())
    }
}

#[test]
fn of_a_trait_that_says_nothing() {
    let mut cache = Cache("abc".to_owned());
    assert_eq!(block_on(cache.fetch("ab")).1, 5);
    let mut into = vec![0];
    assert_eq!(block_on(cache.merge(&mut into, &[1, 2])).1, 6);
    assert_eq!((into, &*cache.0), (vec![0, 6], "abc!"));
    assert_eq!(block_on(Cache::made("c", &["a", "b"])).1.0, "abc");
}

impl Cache {
    /// What is returned borrows from another argument than `self`.
    #[generator]
    fn short<'s>(&self, of: &'s str) -> impl Generator<Yield = &'s str> {
        let limit = self.0.len();
        let of: &'s str = of;
        for part in of.split(',') {
            if part.len() < limit {
                yield_!(part);
            }
        }
    }

    #[generator]
    fn other<'c, 's>(&'c self, of: &'s str) -> impl Iterator<Item = &'c str> {
        // Named in the body, as a label and in a macro.
        let both: [&'s str; 1] = [of];
        's: for part in self.0.split(',') {
            for other in both {
                if matches!(part, part if part == other) {
                    continue 's;
                }
            }
            yield_!(part);
        }
    }

    #[generator]
    fn both<'c, 's: 'c>(&'c self, of: &'s str) -> impl Generator<Yield = &'c str> + 'c {
        for part in [&*self.0, of] {
            yield_!(part);
        }
    }
}

#[test]
fn what_is_returned_borrows() {
    let cache = Cache("a,bb".to_owned());
    let text = "abcde,x".to_owned();
    assert_eq!(run(cache.short(&text)).0, ["x"]);
    assert_eq!(cache.other("a").collect::<Vec<_>>(), ["bb"]);
    assert_eq!(run(cache.both("c")).0, ["a,bb", "c"]);
}

/// Invariant ones, references to references, and objects.
#[generator]
async fn invariant<'a, 'b>(
    cell: &Cell<&'a str>,
    list: &RefCell<Vec<&'b str>>,
    text: &'a str,
    object: &dyn Fn(&str) -> usize,
    option: Option<&mut &'b str>,
) -> usize {
    let before = cell.get();
    cell.set(text);
    Pause(1).await;
    if let Some(last) = option {
        list.borrow_mut().push(last);
        *last = list.borrow()[0];
    }
    let all = [before, text, list.borrow()[0]];
    Pause(1).await;
    all.into_iter().map(object).sum()
}

#[test]
fn invariant_lifetimes() {
    let cell = Cell::new("a");
    let list = RefCell::new(vec!["bb"]);
    let mut last = "cccc";
    let text = "ddd".to_owned();
    let sum = block_on(invariant(
        &cell,
        &list,
        &text,
        &|text| text.len(),
        Some(&mut last),
    ))
    .1;
    assert_eq!(
        (sum, cell.get(), &list.borrow()[..], last),
        (6, "ddd", &["bb", "cccc"][..], "bb")
    );
}

/// The signature has no lifetime that the caller would have to tell.
#[test]
fn for_any_lifetimes() {
    #[generator]
    fn zipped(one: &[u8], other: &[u8]) -> impl Iterator<Item = u8> {
        for pair in one.iter().zip(other) {
            yield_!(pair.0 + pair.1);
        }
    }
    fn called(f: impl for<'a, 'b> Fn(&'a [u8], &'b [u8]) -> u8) -> u8 {
        f(&[1, 2], &[3])
    }
    assert_eq!(called(|one, other| zipped(one, other).sum()), 4);
}

/// What is said of the lifetimes of an `impl`, or of a type and a lifetime, holds of no other.
trait Driver<'d> {
    fn name(&self) -> &'d str;
}

struct Uses<'d>(&'d str);

impl<'d> Driver<'d> for Uses<'d> {
    fn name(&self) -> &'d str {
        self.0
    }
}

struct Device<'d, D: Driver<'d>>(&'d str, D);

impl<'d, D: Driver<'d>> Device<'d, D> {
    #[generator]
    async fn compared(&self, other: &mut Device<'d, D>, text: &str) -> usize {
        let all = [self.1.name(), other.1.name(), text];
        Pause(1).await;
        other.0 = self.0;
        all.concat().len()
    }

    #[generator]
    fn names(&self, of: &str) -> impl Iterator<Item = &'d str> {
        for name in [self.0, self.1.name()] {
            if name != of {
                yield_!(name);
            }
        }
    }
}

#[generator]
async fn named<'a, 'b>(one: &'a str, other: &'b Uses<'b>) -> usize
where
    Uses<'b>: Driver<'b>,
{
    let name = other.name();
    Pause(1).await;
    one.len() + name.len()
}

#[test]
fn what_is_said_of_lifetimes() {
    let (one, mut other) = (Device("a", Uses("b")), Device("c", Uses("d")));
    assert_eq!(block_on(one.compared(&mut other, "ef")).1, 4);
    assert_eq!(other.0, "a");
    assert_eq!(one.names("b").collect::<Vec<_>>(), ["a"]);
    assert_eq!(block_on(named("a", &Uses("bc"))).1, 3);
}
