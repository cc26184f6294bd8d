// TODO: rustc prints the same error twice, cargo once. (The original's is of a `for`, the body's of a call, which
// rustc tells apart by their spans alone.)
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    for i in n {
        yield_!(i);
    }
}

fn main() {}
