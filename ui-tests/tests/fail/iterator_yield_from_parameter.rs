// when nothing borrows them any more; but all the while the delegate is in the frame, and borrows it.
use handcrank::{generator, yield_from};

#[generator]
fn numbers(list: [u32; 3]) -> impl Iterator<Item = u32> {
    yield_from!(list.iter().copied());
}

fn main() {}
