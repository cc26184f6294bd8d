use handcrank::{Generator, generator, yield_};

fn add(a: u32, b: u32) -> u32 {
    a + b
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = 1;
    yield_!(1);
    yield_!(add(n));
}

fn main() {}
