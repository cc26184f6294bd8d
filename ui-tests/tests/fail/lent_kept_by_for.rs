use handcrank::{Generator, generator, yield_};

#[generator]
fn keeps(#[resume] first: &[u8]) -> impl Generator<&[u8], Yield = u8> {
    for byte in first {
        yield_!(*byte);
    }
}

fn main() {}
