use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    let ref n = std::process::id();
    yield_!(*n);
    yield_!(*n);
}

fn main() {}
