use handcrank::{Generator, generator, yield_};

#[generator(boxed)]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1);
}

fn main() {}
