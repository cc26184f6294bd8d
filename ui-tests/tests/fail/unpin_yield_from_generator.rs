// when nothing borrows them any more; but all the while the delegate is in the frame, and borrows it.
use handcrank::{Generator, generator, yield_, yield_from};

#[generator]
fn inner(list: &[u32]) -> impl Generator<Yield = u32> + Unpin {
    yield_!(list[0]);
    yield_!(list[1]);
}

#[generator]
fn outer(n: u32) -> impl Generator<Yield = u32> + Unpin {
    let list = [n, n + 1];
    yield_from!(inner(&list));
}

fn main() {}
