use handcrank::{Generator, generator, yield_, yield_from};

#[generator]
fn inner(#[resume] first: u32) -> impl Generator<u32, Yield = u32> {
    yield_!(first);
}

#[generator]
fn outer(#[resume] _: u32) -> impl Generator<u32, Yield = u32> {
    yield_from!(inner());
}

fn main() {}
