use handcrank::{Generator, generator, yield_};

#[generator]
fn echo() -> impl Generator<u32, Yield = u32> {
    loop {
        yield_!(1);
    }
}

fn main() {}
