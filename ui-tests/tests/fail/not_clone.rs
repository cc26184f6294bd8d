use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> + Clone {
    yield_!(1);
}

fn main() {}
