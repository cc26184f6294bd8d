use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let mut n = 1;
    let r = &n;
    n = 2;
    yield_!(*r);
    let _ = n;
}

fn main() {}
