use std::pin::pin;

use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> + Unpin {
    let cell = pin!(1);
    yield_!(*cell);
    yield_!(*cell);
}

fn main() {}
