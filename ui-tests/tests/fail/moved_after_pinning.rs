use std::pin::Pin;

use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let number = 1;
    let borrowed = &number;
    yield_!(*borrowed);
    yield_!(*borrowed);
}

fn main() {
    let mut machine = Box::pin(numbers());
    machine.as_mut().resume(());
    let _moved = *Pin::into_inner(machine);
}
