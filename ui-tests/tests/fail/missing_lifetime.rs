use handcrank::{generator, yield_};

#[generator]
fn words(a: &str, b: &str) -> impl Iterator<Item = &str> {
    yield_!(a);
    yield_!(b);
}

fn main() {}
