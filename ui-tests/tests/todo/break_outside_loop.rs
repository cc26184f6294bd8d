// TODO: E0695 from the body, and E0267 calls `#[generator]` a closure; rustc says E0268, "outside
// of a loop".
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
    break;
}

fn main() {}
