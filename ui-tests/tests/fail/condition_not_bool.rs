use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    while n {
        yield_!(n);
    }
}

fn main() {}
