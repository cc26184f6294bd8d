// TODO: Four errors for one: where the function does not parse it is emitted without its attribute.
// rustc has already said it.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1)
    yield_!(2);
}

fn main() {}
