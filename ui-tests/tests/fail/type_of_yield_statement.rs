use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] _: u32) -> impl Generator<u32, Yield = u32> {
    let n = yield_!(1) + "a";
    drop(n);
}

fn main() {}
