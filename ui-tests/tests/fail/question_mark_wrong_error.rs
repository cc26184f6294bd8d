use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(text: &str) -> impl Generator<Yield = u32, Return = Result<(), std::io::Error>> {
    let n: u32 = text.parse()?;
    yield_!(n);
    Ok(())
}

fn main() {}
