// TODO: No error at `first: String`: the first is at `#[generator]` and talks of `&Shape<u32, ..>`,
// the second is a consequence.
use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[resume] first: String) -> impl Generator<u32, Yield = usize> {
    yield_!(first.len());
}

fn main() {}
