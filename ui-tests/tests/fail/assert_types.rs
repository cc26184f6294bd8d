use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = 1_u32;
    yield_!(n);
    assert_eq!(n, "a");
}

fn main() {}
