// A closure that takes a local, or may, refers to the places of others if it has a closure in it, and does not outlive them.
use handcrank::{Generator, generator, yield_};

fn call(f: impl Fn(usize) -> usize) -> usize {
    f(1)
}

#[generator]
fn outlives(words: Vec<String>) -> impl Generator<Yield = usize> {
    let mut all: Vec<Box<dyn FnOnce() -> usize + '_>> = Vec::new();
    for word in &words {
        let name = word.clone();
        yield_!(1);
        all.push(Box::new(|| {
            drop(name);
            call(|n| n + word.len())
        }));
    }
    yield_!(all.len());
}

#[generator]
fn assigned(words: Vec<String>) -> impl Generator<Yield = usize> {
    let mut word = &words[0];
    let name = word.clone();
    yield_!(1);
    let length = || {
        drop(name);
        call(|n| n + word.len())
    };
    word = &words[1];
    yield_!(length());
    yield_!(word.len());
}

fn main() {}
