use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[resume] first: u32) -> impl Generator<u32, Yield = u32> {
    let next: String = yield_!(first);
    drop(next);
}

fn main() {}
