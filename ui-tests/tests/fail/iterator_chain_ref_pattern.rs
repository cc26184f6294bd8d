// `r` borrows is the `x` of the condition.
use handcrank::{generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    if let x = (n, 1) && let (ref r, _) = x {
        yield_!(*r);
        yield_!(*r);
    }
}

fn main() {}
