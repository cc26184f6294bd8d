use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[resume] a: u32, #[resume] b: u32) -> impl Generator<u32, Yield = u32> {
    yield_!(a + b);
}

fn main() {}
