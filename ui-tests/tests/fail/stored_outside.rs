use handcrank::{Generator, generator, yield_};

use std::cell::RefCell;

#[generator]
fn words<'a>(list: &RefCell<Vec<&'a str>>) -> impl Generator<Yield = u32> {
    let word = String::from("word");
    list.borrow_mut().push(&word);
    yield_!(1);
}

fn main() {}
