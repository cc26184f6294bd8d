use handcrank::{Generator, generator, yield_};

macro_rules! eat {
    ($value:expr) => {
        drop($value)
    };
}

#[generator]
fn numbers(text: String) -> impl Generator<Yield = u32> {
    yield_!(1);
    eat!(text);
    yield_!(2);
}

// What it is moved to is kept as well, if a suspension point is in its scope.
#[generator]
fn moved_before(text: String) -> impl Generator<Yield = u32> {
    yield_!(1);
    let text = text;
    eat!(text);
    yield_!(2);
}

fn main() {}
