use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = &'static str> {
    let word = String::from("word");
    yield_!(&word);
}

fn main() {}
