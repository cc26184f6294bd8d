use handcrank::{Generator, generator};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield 1;
}

fn main() {}
