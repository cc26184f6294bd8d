use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] first: u32) -> impl Generator<u32, Yield = u32> {
    yield_!(first);
}

fn call() {
    let _ = numbers(1);
}

fn main() {}
