use handcrank::{Generator, generator, yield_};

#[generator]
fn words<'a>(_: &'a str) -> impl Generator<Yield = &'a str> {
    let word = String::from("a");
    yield_!(&word);
}

fn main() {}
