// when nothing borrows them any more; but all the while the delegate is in the frame, and borrows it.
use handcrank::{generator, yield_from};

#[generator]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    match [n, n + 1, n + 2] {
        list => yield_from!(list.iter().copied()),
    }
}

fn main() {}
