use handcrank::{Generator, generator, yield_};

macro_rules! one {
    () => {
        yield_!(1)
    };
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    one!();
}

fn main() {}
