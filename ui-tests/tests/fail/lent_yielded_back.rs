use handcrank::{Generator, generator, yield_};

#[generator]
fn yields<'a>(#[resume] first: &str, name: &'a str) -> impl Generator<&str, Yield = &'a str> {
    yield_!(if name.is_empty() { first } else { name });
}

fn main() {}
