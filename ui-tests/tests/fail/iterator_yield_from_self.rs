// when nothing borrows them any more; but all the while the delegate is in the frame, and borrows it.
use handcrank::{generator, yield_from};

struct List([u32; 3]);

impl List {
    #[generator]
    fn numbers(self) -> impl Iterator<Item = u32> {
        yield_from!(self.0.iter().copied());
    }
}

fn main() {}
