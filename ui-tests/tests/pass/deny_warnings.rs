//! A crate that allows nothing: no warning comes out of an expansion, and no `unsafe`.
#![deny(warnings, unused, missing_docs, missing_debug_implementations)]
#![deny(unused_qualifications, unused_lifetimes, single_use_lifetimes)]
#![deny(elided_lifetimes_in_paths, let_underscore_drop, trivial_casts)]
#![deny(clippy::all, clippy::nursery)]
#![warn(clippy::pedantic)]
// As it would be for an `async fn`.
#![allow(clippy::future_not_send)]
#![forbid(unsafe_code)]

use std::{cell::RefCell, future::Future, pin::pin};

use handcrank::{Generator, GeneratorState, generator, yield_, yield_from};

/// A loop, a borrow across a yield, `?`.
#[generator]
fn lengths(text: &str) -> impl Generator<Yield = usize, Return = Option<usize>> {
    let mut longest = None;
    let words: Vec<&str> = text.split(' ').collect();
    for word in &words {
        yield_!(word.len());
        longest = longest.max(Some(word.len()));
    }
    Some(longest? + 1)
}

/// A local that is moved on one path.
#[generator]
fn moved(keep: bool) -> impl Generator<Yield = usize> {
    let word = String::from("word");
    if !keep {
        drop(word);
        yield_!(0);
        return;
    }
    yield_!(word.len());
    yield_!(word.into_bytes().len());
}

/// Resume arguments, patterns, a `match` with arms that suspend.
#[generator]
fn echo(
    #[resume] first: Option<u32>,
    (low, high): (u32, u32),
) -> impl Generator<Option<u32>, Yield = u32> {
    let mut next = first;
    loop {
        next = match next {
            Some(n) if n < low => yield_!(low),
            Some(n) if n > high => {
                yield_!(n);
                yield_!(high)
            }
            Some(n) => yield_!(n),
            None => return,
        };
    }
}

/// An iterator that runs others.
#[generator]
fn nested(depth: u32) -> Box<dyn Iterator<Item = u32>> {
    if depth > 0 {
        yield_!(depth);
        yield_from!(nested(depth - 1));
    }
    yield_from!([7, 8]);
}

/// A future.
#[generator]
async fn total(list: &RefCell<Vec<u32>>) -> u32 {
    let mut total = std::future::ready(1).await;
    while let Some(n) = { list.borrow_mut().pop() } {
        total += std::future::ready(n).await;
    }
    total
}

/// Methods, with and without a lifetime.
#[derive(Debug)]
pub struct Words {
    words: Vec<String>,
}

impl Words {
    /// By reference.
    #[generator]
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        for word in &self.words {
            yield_!(word.as_str());
        }
    }

    /// By value.
    #[generator]
    pub fn into_lengths(self) -> impl Generator<Yield = usize> + Send {
        for word in &self.words {
            yield_!(word.len());
        }
    }
}

/// Generic over what it yields.
#[generator]
pub fn twice<T: Clone>(list: &[T]) -> impl Iterator<Item = T> + use<'_, T> {
    let mut n = 0;
    while let Some(value) = list.get(n) {
        yield_!(value.clone());
        yield_!(value.clone());
        n += 1;
    }
}

/// Runs them all.
pub fn main() {
    let mut lengths = pin!(lengths("a bc"));
    assert_eq!(lengths.as_mut().resume(()), GeneratorState::Yielded(1));
    assert_eq!(lengths.as_mut().resume(()), GeneratorState::Yielded(2));
    assert_eq!(
        lengths.as_mut().resume(()),
        GeneratorState::Complete(Some(3))
    );

    let mut moved = pin!(moved(true));
    assert_eq!(moved.as_mut().resume(()), GeneratorState::Yielded(4));

    let mut echo = pin!(echo((2, 5)));
    assert_eq!(echo.as_mut().resume(Some(1)), GeneratorState::Yielded(2));
    assert_eq!(echo.as_mut().resume(Some(9)), GeneratorState::Yielded(9));
    assert_eq!(echo.as_mut().resume(None), GeneratorState::Yielded(5));
    assert_eq!(echo.as_mut().resume(None), GeneratorState::Complete(()));

    assert!(nested(2).eq([2, 1, 7, 8, 7, 8, 7, 8]));

    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let list = RefCell::new(vec![1, 2]);
    assert!(pin!(total(&list)).poll(&mut context).is_ready());

    let words = Words {
        words: vec![String::from("a"), String::from("bc")],
    };
    assert!(words.iter().eq(["a", "bc"]));
    assert_eq!(
        pin!(words.into_lengths()).resume(()),
        GeneratorState::Yielded(1)
    );
    assert!(twice(&[1, 2]).eq([1, 1, 2, 2]));
}
