use std::rc::Rc;

use handcrank::{Generator, generator, yield_};

#[generator]
fn optional() -> Option<impl Generator<Yield = u32>> {
    yield_!(1);
}

#[generator]
fn shared() -> Rc<dyn Iterator<Item = u32>> {
    yield_!(1);
}

fn main() {}
