use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = Box<dyn Fn() -> usize>> {
    let word = String::new();
    yield_!(Box::new(|| word.len()));
}

fn main() {}
