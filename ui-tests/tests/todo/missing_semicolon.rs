// TODO: Two errors for one: rustc has already said it when the macro is called.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1)
    yield_!(2);
}

fn main() {}
