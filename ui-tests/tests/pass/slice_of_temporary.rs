use handcrank::{Generator, generator, yield_};

fn list() -> [u32; 3] {
    [1, 2, 3]
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let rest = &list()[1..];
    yield_!(rest[0]);
    yield_!(rest[1]);
}

fn main() {}
