// TODO: Three errors for one: the check of movable machines knows `self` as `this`, and in the body the place is
// one of a raw pointer, which has no name. rustc's own help (`&mut self`) is missing.
use handcrank::{generator, yield_};

struct Counter(u32);

impl Counter {
    #[generator]
    fn numbers(&self) -> impl Iterator<Item = u32> {
        yield_!(self.0);
        self.0 += 1;
    }
}

fn main() {}
