use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] _: usize, table: Vec<Option<u32>>) -> impl Generator<usize, Yield = u32> {
    match table[yield_!(1)] {
        Some(n) => {
            yield_!(n);
        }
        None => {}
    }
}

fn main() {}
