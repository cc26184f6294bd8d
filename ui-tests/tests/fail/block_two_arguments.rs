// A local in which two arguments share one lifetime, which a method of a trait has no name for.
use std::future::{Future, ready};

use handcrank::{generator, yield_};

trait Compare {
    fn same<T: PartialEq>(&self, one: &T, other: &T) -> impl Future<Output = bool>;
    fn either<'a, 'b>(&self, one: &'a str, other: &'b str, b: bool) -> impl Future<Output = (&'a str, &'b str)>;
}

trait Lengths<T> {
    fn lengths(&self, one: &[T], other: &[T]) -> impl Iterator<Item = usize>;
}

struct One;

#[generator]
impl Compare for One {
    async fn same<T: PartialEq>(&self, one: &T, other: &T) -> bool {
        let both = [one, other];
        ready(()).await;
        both[0] == both[1]
    }

    async fn either<'a, 'b>(&self, one: &'a str, other: &'b str, b: bool) -> (&'a str, &'b str) {
        let first = if b { one } else { other };
        ready(()).await;
        assert!(!first.is_empty());
        (one, other)
    }
}

#[generator]
impl<T> Lengths<T> for One {
    #[generator]
    fn lengths(&self, one: &[T], other: &[T]) -> impl Iterator<Item = usize> {
        for items in [one, other] {
            yield_!(items.len());
        }
    }
}

fn main() {}
