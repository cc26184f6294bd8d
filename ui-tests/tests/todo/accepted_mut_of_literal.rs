// TODO: rejected with E0716, and valid: `&mut 5` lives as long as the block. (`&mut [1, 2]`, `&mut u32::MAX`,
// `let ref mut n = 5`, `match &mut 5 { .. }` likewise.)
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = &mut 5;
    yield_!(*n);
    *n += 1;
    yield_!(*n);
}

fn main() {}
