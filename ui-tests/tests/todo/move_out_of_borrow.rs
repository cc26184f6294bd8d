// TODO: Three errors for one: the check of movable machines knows `self` as `this`, and in the body the place is
// one of a raw pointer, which has no name.
use handcrank::{generator, yield_};

struct Holder {
    word: String,
}

impl Holder {
    #[generator]
    fn words(&self) -> impl Iterator<Item = String> {
        yield_!(self.word);
    }
}

fn main() {}
