// TODO: Four errors, three of them about unstable `yield`: an array length is a body of its own, as a
// `const` block is.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let list = [0_u32; { yield_!(1); 2 }];
    yield_!(list[0]);
}

fn main() {}
