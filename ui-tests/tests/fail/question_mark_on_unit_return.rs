use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(text: &str) -> impl Generator<Yield = u32> {
    let n = text.parse::<u32>()?;
    yield_!(n);
}

fn main() {}
