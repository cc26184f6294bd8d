// The guard would have to be kept, and cannot be seen.
use handcrank::{Generator, generator, yield_};

struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

macro_rules! defer {
    ($e:expr) => {
        let _guard = OnDrop(|| $e);
    };
}

#[generator]
fn numbers(first: u32) -> impl Generator<Yield = u32> {
    defer!(println!("done"));
    yield_!(first);
    yield_!(first + 1);
}

fn main() {}
