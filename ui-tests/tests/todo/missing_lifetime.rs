// TODO: The help says `&'lifetime str`, with a note at `#[generator]`, as if lifetimes were named;
// rustc offers `fn words<'a>(a: &'a str, ..)`.
use handcrank::{generator, yield_};

#[generator]
fn words(a: &str, b: &str) -> impl Iterator<Item = &str> {
    yield_!(a);
    yield_!(b);
}

fn main() {}
