use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Clone {
    yield_!(1);
}

fn main() {}
