// when nothing borrows them any more; but all the while the delegate is in the frame, and borrows it.
use handcrank::{generator, yield_from};

#[generator]
fn numbers(mut numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    yield_from!(numbers.by_ref().take(2));
    yield_from!(&mut numbers);
}

fn main() {}
