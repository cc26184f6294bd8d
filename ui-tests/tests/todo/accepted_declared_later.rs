// TODO: rejected with E0282, and valid: that `r` is a reference is not known where `*r` asks for it, even
// where the declaration says so.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n: u32;
    let r: &u32;
    n = 1;
    r = &n;
    yield_!(*r);
    yield_!(*r);
}

fn main() {}
