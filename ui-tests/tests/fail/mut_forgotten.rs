use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = 1;
    yield_!(n);
    n = 2;
    yield_!(n);
}

fn main() {}
