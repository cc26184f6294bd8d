use std::rc::Rc;

use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> + Send {
    let rc = Rc::new(1);
    yield_!(*rc);
    drop(rc);
}

fn main() {}
