use std::cell::RefCell;

use handcrank::{Generator, generator, yield_};

#[derive(Clone, Copy)]
struct Sink<'a>(&'a RefCell<Vec<&'a str>>);

#[generator]
fn puts(#[resume] first: Sink<'_>) -> impl Generator<Sink<'_>> {
    let local = String::from("gone by then");
    first.0.borrow_mut().push(&local);
    yield_!();
}

fn main() {}
