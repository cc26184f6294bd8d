// TODO: Underlines `impl` alone: its span has been changed before the error is made.
use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Clone {
    yield_!(1);
}

fn main() {}
