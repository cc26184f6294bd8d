//! In a stream, `yield_from!` takes what has items of its own type, and nothing to resume it with.

use handcrank::__private::Stream;
use handcrank::{generator, yield_from};

#[generator]
fn of_numbers(numbers: impl Stream<Item = u32>) -> impl Stream<Item = String> {
    yield_from!(numbers);
}

#[generator]
fn of_nothing() -> impl Stream<Item = u32> {
    yield_from!(7_u32);
}

#[generator]
fn borrowed(n: u32) -> impl Stream<Item = u32> {
    let list = vec![n];
    let items = list.iter().copied();
    drop(list);
    yield_from!(items);
}

fn main() {}
