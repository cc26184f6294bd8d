use handcrank::{generator, yield_};

#[generator]
fn lengths((ref name, _): (String, u32)) -> impl Iterator<Item = usize> {
    yield_!(name.len());
    yield_!(name.len());
}

fn main() {}
