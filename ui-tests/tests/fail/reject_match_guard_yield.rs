use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
    match n {
        1 if yield_!(1) == 2 => {}
        _ => {}
    }
}

fn main() {}
