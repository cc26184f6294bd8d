// A closure that takes a local, or may, refers to the places of others of which it uses fields alone, and does not outlive them.
use handcrank::{Generator, generator, yield_};

#[generator]
fn fields(pairs: Vec<(String, u32)>) -> impl Generator<Yield = usize> {
    let mut all: Vec<Box<dyn FnOnce() -> usize + '_>> = Vec::new();
    for pair in &pairs {
        let name = pair.0.clone();
        yield_!(1);
        all.push(Box::new(|| {
            drop(name);
            pair.0.len()
        }));
    }
    yield_!(all.len());
}

#[generator]
fn assigned(pairs: Vec<(String, u32)>) -> impl Generator<Yield = usize> {
    let mut pair = &pairs[0];
    let name = pair.0.clone();
    yield_!(1);
    let length = || {
        drop(name);
        pair.0.len()
    };
    pair = &pairs[1];
    yield_!(length());
    yield_!(pair.0.len());
}

fn main() {}
