use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: Option<u32>) -> impl Generator<Yield = u32> {
    if n.is_none() || true && let Some(n) = n {
        yield_!(n);
    }
}

fn main() {}
