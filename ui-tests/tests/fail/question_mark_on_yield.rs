use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] _: u32) -> impl Generator<u32, Yield = u32, Return = Option<()>> {
    yield_!(1)?;
    Some(())
}

fn main() {}
