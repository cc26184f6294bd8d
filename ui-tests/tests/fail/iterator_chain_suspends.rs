// the chain has bound before.
use handcrank::{generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    if let Some(x) = Some(n) && let r = &x && { yield_!(*r); *r > 0 } {
        yield_!(1);
    }
}

fn main() {}
