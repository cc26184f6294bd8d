use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    let base = std::process::id();
    let add = |n: u32| base + n;
    yield_!(add(1));
    yield_!(add(2));
}

fn main() {}
