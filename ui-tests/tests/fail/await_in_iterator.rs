use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    yield_!(std::future::ready(1).await);
}

fn main() {}
