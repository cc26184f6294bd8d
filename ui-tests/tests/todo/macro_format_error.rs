// TODO: The body repeats the error at another span; both come "from the expansion of the attribute
// macro", because `println!` is made anew.
use handcrank::{Generator, generator, yield_};

struct Opaque;

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let value = Opaque;
    yield_!(1);
    println!("{value}");
}

fn main() {}
