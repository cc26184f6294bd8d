use handcrank::{generator, yield_};

fn make() -> Option<String> {
    None
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    let Some(ref name) = make() else { return };
    yield_!(name.len());
    yield_!(name.len());
}

fn main() {}
