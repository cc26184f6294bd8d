use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let mut n = 1;
    let add = || n += 1;
    yield_!(1);
    add();
}

fn main() {}
