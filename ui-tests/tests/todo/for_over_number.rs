// TODO: Three errors for one.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    for i in n {
        yield_!(i);
    }
}

fn main() {}
