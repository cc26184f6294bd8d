use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32, Return = Option<()>> {
    yield_!(n?);
    Some(())
}

fn main() {}
