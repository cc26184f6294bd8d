use handcrank::{Generator, generator, yield_};

use std::cell::Cell;

#[generator]
fn words<'a>(cell: &'a Cell<&'a str>) -> impl Generator<Yield = u32> {
    let word = String::from("word");
    cell.set(&word);
    yield_!(1);
}

fn main() {}
