// when nothing borrows them any more; but all the while the delegate is in the frame, and borrows it.
use handcrank::{generator, yield_from};

#[generator]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    yield_from!((1..5).map(|i| n + i));
}

fn main() {}
