use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(set: bool) -> impl Generator<Yield = u32> {
    let n;
    if set {
        n = 2;
        yield_!(1);
    }
    yield_!(n);
}

fn main() {}
