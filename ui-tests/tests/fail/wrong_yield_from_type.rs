use handcrank::{Generator, generator, yield_from};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_from!(["a", "b"]);
}

fn main() {}
