// TODO: rejected with E0716, and valid: `[1, 2]` is no constant where a method borrows it mutably, but a
// temporary of the `match`. (`K.as_mut()`, `K.iter_mut()` of a `const K` likewise.)
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    for n in [1, 2].iter_mut() {
        yield_!(*n);
        *n += 1;
        yield_!(*n);
    }
}

fn main() {}
