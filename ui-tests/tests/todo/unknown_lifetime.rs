// TODO: The second error twice: once more, with other help, in the types of `Shape`.
use handcrank::{generator, yield_};

#[generator]
fn words(word: &'a str) -> impl Iterator<Item = &'a str> {
    yield_!(word);
}

fn main() {}
