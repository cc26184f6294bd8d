use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[cfg(unix)] n: u32) -> impl Generator<Yield = u32> {
    yield_!(n);
}

fn main() {}
