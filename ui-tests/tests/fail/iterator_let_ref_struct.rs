use handcrank::{generator, yield_};

struct Point {
    name: String,
    id: u32,
}

fn make() -> Point {
    Point {
        name: String::new(),
        id: 1,
    }
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    let Point { ref name, .. } = make();
    yield_!(name.len());
    yield_!(name.len());
}

fn main() {}
