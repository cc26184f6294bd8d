use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: Option<u32>) -> impl Generator<Yield = u32> {
    match n {
        Some(n) => {
            yield_!(n);
        }
    }
}

fn main() {}
