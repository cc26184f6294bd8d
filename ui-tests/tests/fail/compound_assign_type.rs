use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let mut n = 1_u32;
    yield_!(n);
    n += "a";
    yield_!(n);
}

fn main() {}
