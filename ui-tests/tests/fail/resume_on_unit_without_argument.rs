use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[resume] first: u32) -> impl Generator<Yield = u32> {
    yield_!(first);
}

fn main() {}
