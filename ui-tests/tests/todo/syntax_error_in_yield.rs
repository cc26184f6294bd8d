// TODO: At `#[generator]`: "unexpected end of input" has no span. rustc says: expected expression,
// found `)`.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    yield_!(1 +);
}

fn main() {}
