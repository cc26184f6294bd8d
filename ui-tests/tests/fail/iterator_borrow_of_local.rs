use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    let n = 1;
    let r = &n;
    yield_!(*r);
    yield_!(*r);
}

fn main() {}
