use handcrank::{generator, yield_};

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    let n = std::process::id() as usize;
    let name = &move || n;
    yield_!(name());
    yield_!(name());
}

fn main() {}
