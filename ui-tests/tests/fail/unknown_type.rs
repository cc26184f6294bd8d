use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n: Absent = 1;
    yield_!(1);
    drop(n);
}

fn main() {}
