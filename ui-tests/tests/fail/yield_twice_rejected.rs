use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let a = || yield_!(1);
    let b = || yield_!(2);
    a();
    b();
}

fn main() {}
