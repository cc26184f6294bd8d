// TODO: E0267 calls `#[generator]` a closure; rustc says E0268, "outside of a loop".
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
    break 'body;
}

fn main() {}
