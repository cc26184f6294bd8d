use handcrank::{generator, yield_};

fn make() -> u32 {
    1
}

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    let r = &make();
    yield_!(*r);
    yield_!(*r);
}

fn main() {}
