// A temporary that has its type from the reference to it that is expected, borrowed across a yield of what may move.
use std::fmt::Debug;

use handcrank::{generator, yield_};

fn all(of: &[&dyn Debug], _: ()) -> usize {
    of.len()
}

fn find(what: &dyn Fn(&str) -> usize, _: ()) -> usize {
    what("four")
}

struct Lock<'a>(&'a str);

impl Drop for Lock<'_> {
    fn drop(&mut self) {}
}

fn locks(of: &[Lock<'_>]) -> usize {
    of.iter().map(|lock| lock.0.len()).sum()
}

#[generator]
fn arrays() -> impl Iterator<Item = usize> {
    let length = all(&[&String::new(), &1], yield_!(1));
    yield_!(length);
}

#[generator]
fn closures(text: String) -> impl Iterator<Item = usize> {
    let length = find(&|other: &str| other.len() + text.len(), yield_!(1));
    yield_!(length);
}

#[generator]
fn destructors(text: String) -> impl Iterator<Item = usize> {
    yield_!(locks(&[Lock(&text), Lock("a")]));
}

fn main() {}
