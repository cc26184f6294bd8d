use handcrank::{generator, yield_};

#[generator]
fn words(word: Option<String>) -> impl Iterator<Item = usize> {
    match &word {
        Some(word) => {
            yield_!(word.len());
            yield_!(word.len());
        }
        None => {}
    }
}

fn main() {}
