// TODO: The body repeats the error at another span: it must give `value` as an argument, and there are no spans
// inside of a literal on stable.
use handcrank::{Generator, generator, yield_};

struct Opaque;

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let value = Opaque;
    yield_!(1);
    println!("{value}");
}

fn main() {}
