use handcrank::{generator, yield_};

fn make() -> (String, u32) {
    (String::new(), 1)
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    let ref name = make().0;
    yield_!(name.len());
    yield_!(name.len());
}

fn main() {}
