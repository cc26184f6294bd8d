// TODO: Three errors: E0716 at `#[generator]` is about `&shape`, E0506 from the check of movable
// machines.
use handcrank::{generator, yield_};

#[generator]
fn words(list: Vec<String>) -> impl Iterator<Item = &'static str> {
    for word in &list {
        yield_!(word.as_str());
    }
}

fn main() {}
