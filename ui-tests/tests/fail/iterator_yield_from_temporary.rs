// when nothing borrows them any more; but all the while the delegate is in the frame, and borrows it.
use handcrank::{generator, yield_from};

#[generator]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    yield_from!([n, n + 1, n + 2].iter().copied());
}

fn main() {}
