use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = &'static str> {
    let word = String::from("a");
    yield_!(word.as_str());
}

fn main() {}
