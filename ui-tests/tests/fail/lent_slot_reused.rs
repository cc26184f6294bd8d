use std::rc::Rc;

use handcrank::{Generator, generator, yield_};

#[derive(Clone, Copy)]
struct Counter<'a>(&'a Rc<u8>);

/// `first` cannot hold something else for longer: while the machine is suspended it counts as empty.
#[generator]
fn reuses(
    #[resume] mut first: &Counter<'_>,
    other: &'static Counter<'static>,
) -> impl Generator<&Counter<'_>, Yield = u8> {
    yield_!(*first.0.as_ref());
    first = other;
    yield_!(1);
    println!("{}", first.0);
}

/// What is not tied may, and is a part of the machine.
#[generator]
fn sends(#[resume] mut first: &Rc<u8>, other: &'static Rc<u8>) -> impl Generator<&Rc<u8>, Yield = u8> + Send {
    yield_!(**first);
    first = other;
    yield_!(1);
    println!("{first}");
}

fn main() {}
