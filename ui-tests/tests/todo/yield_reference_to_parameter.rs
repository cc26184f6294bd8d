// TODO: Two errors: the second, E0506, is from the check of movable machines.
use handcrank::{generator, yield_};

#[generator]
fn words(list: Vec<String>) -> impl Iterator<Item = &'static str> {
    for word in &list {
        yield_!(word.as_str());
    }
}

fn main() {}
