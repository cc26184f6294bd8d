use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(text: &str) -> impl Generator<Yield = u32, Return = Option<()>> {
    let n: u32 = text.parse::<u32>()?;
    yield_!(n);
    Some(())
}

fn main() {}
