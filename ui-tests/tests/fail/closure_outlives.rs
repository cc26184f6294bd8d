// A closure that takes a local, or may, refers to the places of others, and does not outlive them.
use handcrank::{Generator, generator, yield_};

#[generator]
fn asked(words: Vec<String>) -> impl Generator<Yield = usize> {
    let mut all: Vec<Box<dyn Fn(char) -> Option<usize> + '_>> = Vec::new();
    for word in &words {
        yield_!(1);
        all.push(Box::new(|c| word.find(c)));
    }
    yield_!(all.len());
}

#[generator]
fn takes(words: Vec<String>) -> impl Generator<Yield = usize> {
    let mut all: Vec<Box<dyn FnOnce() -> usize + '_>> = Vec::new();
    for word in &words {
        let name = word.clone();
        yield_!(1);
        all.push(Box::new(|| {
            drop(name);
            word.len()
        }));
    }
    yield_!(all.len());
}

#[generator]
fn assigned(words: Vec<String>) -> impl Generator<Yield = usize> {
    let mut word = words.first().unwrap();
    yield_!(1);
    let find = |c: char| word.find(c);
    word = &words[1];
    yield_!(find('c').unwrap_or(0));
    yield_!(word.len());
}

fn main() {}
