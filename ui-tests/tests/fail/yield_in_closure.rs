use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    [1, 2, 3].iter().for_each(|n| yield_!(*n));
}

fn main() {}
