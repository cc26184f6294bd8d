// TODO: The body repeats the error at another span: `set(&mut n_saved, value)`. (What is expected is due to the
// `let`, says the original; the body has none.)
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let mut n = 1_u32;
    yield_!(n);
    n = "a";
    yield_!(n);
}

fn main() {}
