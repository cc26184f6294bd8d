use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: *const u32) -> impl Generator<Yield = u32> {
    yield_!(*n);
    yield_!(*n);
}

fn main() {}
