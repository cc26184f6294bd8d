use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let gen = 1;
    yield_!(gen);
}

fn main() {}
