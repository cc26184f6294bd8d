use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: Absent) -> impl Generator<Yield = u32> {
    yield_!(1);
    drop(n);
}

fn main() {}
