use handcrank::{Generator, generator, yield_};

use std::pin::Pin;

macro_rules! pin {
    ($value:expr) => {
        Pin::new(Box::leak(Box::new($value)))
    };
}

#[generator]
fn places() -> impl Generator<Yield = Pin<&'static mut String>> {
    let place = pin!(String::from("text"));
    yield_!(pin!(String::new()));
    yield_!(place);
}

fn main() {}
