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
