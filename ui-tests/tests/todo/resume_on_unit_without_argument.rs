// TODO: Two errors. It should say that the generator has no resume argument: `impl Generator<u32, ..>`.
use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[resume] first: u32) -> impl Generator<Yield = u32> {
    yield_!(first);
}

fn main() {}
