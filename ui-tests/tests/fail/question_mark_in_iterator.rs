use handcrank::{generator, yield_};

#[generator]
fn numbers(text: Option<u32>) -> impl Iterator<Item = u32> {
    yield_!(text?);
}

fn main() {}
