use handcrank::{Generator, generator, yield_from};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_from!(1_u32);
}

fn main() {}
