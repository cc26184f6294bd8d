use handcrank::{generator, yield_};

#[generator]
fn words(word: &str) -> Box<dyn Iterator<Item = &str>> {
    yield_!(word);
}

fn main() {}
