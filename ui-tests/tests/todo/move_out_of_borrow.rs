// TODO: Three errors: `self` is known as `this` to the check of movable machines and to the body.
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
