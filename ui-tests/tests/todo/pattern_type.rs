// TODO: The body repeats both errors with a label at `#[generator]`.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    match n {
        Some(n) => {
            yield_!(n);
        }
        None => {}
    }
}

fn main() {}
