use handcrank::{generator, yield_};

fn make() -> String {
    String::new()
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    let ref mut name = make();
    yield_!(name.len());
    yield_!(name.len());
}

fn main() {}
