use handcrank::{generator, yield_};

#[generator]
fn twice<T>(value: T) -> impl Iterator<Item = T> {
    yield_!(value.clone());
    yield_!(value);
}

fn main() {}
