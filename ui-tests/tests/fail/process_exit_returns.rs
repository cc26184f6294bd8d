// A function by the name of one that never returns.
use handcrank::{Generator, generator, yield_};

mod process {
    pub fn exit(_: i32) {}
}

#[generator]
fn numbers(name: String) -> impl Generator<Yield = usize> {
    yield_!(1);
    process::exit(1);
    yield_!(name.len());
}

fn main() {}
