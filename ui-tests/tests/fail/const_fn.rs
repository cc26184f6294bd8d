use handcrank::{Generator, generator, yield_};

#[generator]
const fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
}

fn main() {}
