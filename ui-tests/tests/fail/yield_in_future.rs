use handcrank::{generator, yield_};

#[generator]
async fn number() -> u32 {
    yield_!(1);
    1
}

fn main() {}
