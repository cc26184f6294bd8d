use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers<'a>(first: &'a u32) -> impl Generator<Yield = &'a u32> {
    yield_!(first);
    let second = *first + 1;
    yield_!(&second);
}

fn main() {}
