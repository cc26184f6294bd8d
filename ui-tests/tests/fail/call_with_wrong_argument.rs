use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    yield_!(n);
}

fn call() {
    let _ = numbers("one");
}

fn main() {}
