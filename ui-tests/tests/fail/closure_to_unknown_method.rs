// The call is made in two pieces, so that the closure has no types from the method, or two of its own.
use std::future::{Future, Ready, ready};

use handcrank::{Generator, generator, yield_};

struct Mapped<F>(F);

struct List(u32);

impl List {
    fn mapped<T, F: Fn(u32) -> T>(&self, map: F) -> Mapped<F> {
        Mapped(map)
    }
}

trait Then: Future + Sized {
    fn map_ok<T, U, F: FnOnce(T) -> U>(self, map: F) -> Ready<F>
    where
        Self: Future<Output = Option<T>>,
    {
        ready(map)
    }
}

impl<F: Future> Then for F {}

#[generator]
fn numbers(list: List, more: u32) -> impl Generator<Yield = u32> {
    yield_!(1);
    let mapped = list.mapped(|n| n + more);
    yield_!((mapped.0)(2));
    yield_!((mapped.0)(3));
}

#[generator]
async fn first(pair: Ready<Option<(u32, u32)>>, more: u32) -> u32 {
    ready(()).await;
    pair.map_ok(|it| it.0 + more).await((1, 2))
}

fn main() {}
