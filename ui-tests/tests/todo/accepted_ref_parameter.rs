// TODO: rejected, and valid: E0124 "field `n` is already declared", for the parameter's slot and the binding's
// have one name.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(ref mut n: u32) -> impl Generator<Yield = u32> {
    yield_!(*n);
    *n += 1;
    yield_!(*n);
}

fn main() {}
