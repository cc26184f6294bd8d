// `r` borrows is the `x` of the condition.
use handcrank::{generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    if let x = n && let add = |i| x + i {
        yield_!(add(1));
        yield_!(add(2));
    }
}

fn main() {}
