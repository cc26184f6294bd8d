use std::rc::Rc;

use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let rc = Rc::new(1);
    yield_!(*rc);
    drop(rc);
}

fn send<T: Send>(_: T) {}

fn call() {
    send(numbers());
}

fn main() {}
