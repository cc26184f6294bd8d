use handcrank::{Generator, generator, yield_};

unsafe fn dangerous() -> u32 {
    1
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(dangerous());
}

fn main() {}
