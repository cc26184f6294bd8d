use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    let n = 1_u64;
    yield_!(n);
}

fn main() {}
