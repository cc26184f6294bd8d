// TODO: Names `shape`, with a label at `#[generator]`: "function requires argument type to outlive".
use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = Box<dyn Fn() -> usize>> {
    let word = String::new();
    yield_!(Box::new(|| word.len()));
}

fn main() {}
