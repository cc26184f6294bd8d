use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[resume] first: String) -> impl Generator<u32, Yield = usize> {
    yield_!(first.len());
}

fn main() {}
