use handcrank::{Generator, generator, yield_};

macro_rules! next {
    ($name:ident) => {
        $name + 1
    };
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = 1;
    yield_!(n);
    yield_!(next!(n));
    yield_!(n);
}

// A copy is kept as well, if a suspension point is in its scope.
#[generator]
fn copied(n: u32) -> impl Generator<Yield = u32> {
    yield_!(n);
    let copy = n;
    let next = next!(copy);
    yield_!(next);
}

fn main() {}
