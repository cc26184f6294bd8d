use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n: Option<u32> = try { 1 };
    yield_!(n.unwrap());
}

fn main() {}
