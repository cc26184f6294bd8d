// A macro from outside of the body that expands to nothing, before a suspension point.
use handcrank::{generator, yield_};

macro_rules! debug {
    ($($given:tt)*) => {};
}

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    for n in 0..3 {
        debug!("{n}");
        yield_!(n);
    }
}

fn main() {}
