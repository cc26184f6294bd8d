//! A method of a trait that is implemented for references, by a name of std's, which lends the reference itself; and a
//! function by a name of std's that calls its closure once.

use handcrank::{Generator, generator, yield_};

struct Own(u32);

trait Look {
    fn lines(&self) -> &Self {
        self
    }
}

impl Look for &Own {}

#[generator]
fn lends(own: Own) -> impl Generator<Yield = u32> {
    let reference = &own;
    let lines = reference.lines();
    yield_!(1);
    yield_!(lines.0);
}

fn from_fn<T>(make: impl FnOnce() -> T) -> T {
    make()
}

#[generator]
fn calls_once(text: String) -> impl Generator<Yield = usize> {
    yield_!(1);
    yield_!(from_fn(|| text.into_bytes()).len());
}

fn main() {}
