// What a box holds is borrowed in a machine that may move: rustc's coroutines allow it.
use handcrank::{generator, yield_};

#[generator]
fn lengths(text: Box<String>) -> impl Iterator<Item = usize> {
    let all: &str = &text;
    yield_!(1);
    yield_!(all.len());
}

fn main() {}
