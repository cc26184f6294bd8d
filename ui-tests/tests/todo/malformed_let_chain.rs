// TODO: The macro overflows its stack, and rustc crashes: a `let` in a condition that is no chain
// is lowered forever.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: Option<u32>) -> impl Generator<Yield = u32> {
    if n.is_none() || true && let Some(n) = n {
        yield_!(n);
    }
}

fn main() {}
