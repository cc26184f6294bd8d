use handcrank::{Generator, generator, yield_};

macro_rules! bind {
    ($name:ident, $value:expr) => {
        let $name = $value;
    };
}

#[generator]
fn numbers(first: u32) -> impl Generator<Yield = u32> {
    bind!(n, first + 1);
    yield_!(n);
    yield_!(n);
}

fn main() {}
