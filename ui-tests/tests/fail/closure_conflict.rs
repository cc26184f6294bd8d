use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let mut n = 1;
    let mut add = || n += 1;
    add();
    yield_!(n);
    add();
}

fn main() {}
