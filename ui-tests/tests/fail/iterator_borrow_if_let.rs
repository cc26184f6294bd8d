use handcrank::{generator, yield_};

#[generator]
fn words(word: Option<String>) -> impl Iterator<Item = usize> {
    if let Some(word) = word.as_ref() {
        yield_!(1);
        yield_!(word.len());
    }
}

fn main() {}
