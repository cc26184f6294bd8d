//! A closure takes the parts of a tuple by a pattern, each alone, after which one of them may be assigned.

use handcrank::{Generator, generator, yield_};

#[generator]
fn referred(mut pair: (String, String)) -> impl Generator<Yield = usize> {
    let length = move || {
        let (ref a, ref b) = pair;
        a.len() + b.len()
    };
    yield_!(1);
    pair.1 = length().to_string();
    yield_!(2);
}

#[generator]
fn matched(mut pair: (String, String)) -> impl Generator<Yield = usize> {
    let length = move || match pair {
        (a, b) => a.len() + b.len(),
    };
    yield_!(1);
    pair.1 = length().to_string();
    yield_!(2);
}

fn main() {}
