use handcrank::{Generator, generator, yield_};

fn take(_: &mut u32, _: u32) {}

fn index() -> usize {
    0
}

#[generator]
fn numbers(#[resume] _: u32, mut table: Vec<u32>) -> impl Generator<u32, Yield = u32> {
    table[index()].max(yield_!(1));
}

fn main() {}
