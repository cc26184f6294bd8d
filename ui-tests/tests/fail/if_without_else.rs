use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: bool) -> impl Generator<Yield = u32> {
    let n: u32 = if n { yield_!(1); 2 };
    yield_!(n);
}

fn main() {}
