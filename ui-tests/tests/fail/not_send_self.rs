use std::cell::Cell;

use handcrank::{Generator, generator, yield_};

struct Counter(Cell<u32>);

impl Counter {
    #[generator]
    fn numbers(&self) -> impl Generator<Yield = u32> {
        yield_!(self.0.get());
        yield_!(self.0.get());
    }
}

fn send<T: Send>(_: T) {}

fn call() {
    send(Counter(Cell::new(1)).numbers());
}

fn main() {}
