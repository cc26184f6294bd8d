use handcrank::{generator, yield_};

#[generator]
fn words<'a, 'b>(a: &'a str, b: &'b str) -> impl Iterator<Item = &'a str> {
    yield_!(a);
    yield_!(b);
}

fn main() {}
