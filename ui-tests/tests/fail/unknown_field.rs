use handcrank::{Generator, generator, yield_};

struct Point {
    x: u32,
}

#[generator]
fn numbers(p: Point) -> impl Generator<Yield = u32> {
    yield_!(p.x);
    yield_!(p.y);
}

fn main() {}
