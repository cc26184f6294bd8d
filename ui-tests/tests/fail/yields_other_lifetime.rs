use handcrank::{Generator, generator, yield_};

#[generator]
fn words<'a, 'b>(first: &'a str, second: &'b str) -> impl Generator<Yield = &'a str> {
    yield_!(first);
    yield_!(second);
}

fn main() {}
