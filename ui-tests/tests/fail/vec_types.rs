use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(#[resume] _: u32) -> impl Generator<u32, Yield = u32> {
    let list = vec![yield_!(1), "a"];
    yield_!(list[0]);
}

fn main() {}
