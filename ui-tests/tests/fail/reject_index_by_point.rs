use handcrank::{Generator, generator, yield_};

fn table() -> Vec<u32> {
    vec![1]
}

#[generator]
fn numbers(#[resume] _: usize) -> impl Generator<usize, Yield = u32> {
    let n = table()[yield_!(1)];
    yield_!(n);
}

fn main() {}
