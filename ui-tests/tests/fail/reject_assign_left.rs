use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] _: usize, mut table: Vec<u32>) -> impl Generator<usize, Yield = u32> {
    table[yield_!(1)] = 2;
    yield_!(table[0]);
}

fn main() {}
