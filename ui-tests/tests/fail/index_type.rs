use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] _: u32, list: Vec<u32>) -> impl Generator<u32, Yield = u32> {
    yield_!(list[0_u32]);
    yield_!(list[yield_!(1)]);
}

fn main() {}
