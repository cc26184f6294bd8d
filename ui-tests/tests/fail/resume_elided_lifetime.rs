use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[resume] first: &mut String) -> impl Generator<&mut String, Yield = usize> {
    yield_!(first.len());
}

fn main() {}
