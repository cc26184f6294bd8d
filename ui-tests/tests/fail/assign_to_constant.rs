use handcrank::{Generator, generator, yield_};

const N: u32 = 1;

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    N = 2;
    yield_!(N);
}

fn main() {}
