use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n: u32 = "one";
    yield_!(n);
}

fn main() {}
