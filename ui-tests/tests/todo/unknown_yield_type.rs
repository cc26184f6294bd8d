// TODO: The error twice, once with another help: once more in the types of `Shape`.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = Absent> {
    yield_!(1);
}

fn main() {}
