use handcrank::{Generator, generator, yield_};

struct Pair {
    a: String,
    b: String,
}

#[generator]
fn words(pair: Pair) -> impl Generator<Yield = usize> {
    drop(pair.a);
    yield_!(pair.b.len());
    drop(pair);
}

fn main() {}
