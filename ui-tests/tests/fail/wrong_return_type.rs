use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32, Return = String> {
    yield_!(1);
    2
}

fn main() {}
