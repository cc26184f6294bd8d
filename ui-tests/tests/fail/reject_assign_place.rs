use handcrank::{Generator, generator, yield_};

fn index() -> usize {
    0
}

#[generator]
fn numbers(#[resume] _: u32, mut table: Vec<u32>) -> impl Generator<u32, Yield = u32> {
    table[index()] += yield_!(1);
    yield_!(table[0]);
}

fn main() {}
