use handcrank::{Generator, generator, yield_};

mod inner {
    pub struct Point {
        x: u32,
    }
}

#[generator]
fn numbers(p: inner::Point) -> impl Generator<Yield = u32> {
    yield_!(p.x);
    yield_!(p.x);
}

fn main() {}
