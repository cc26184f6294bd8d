// TODO: E0507 "cannot move out of a raw pointer" from the body; rustc's help to clone is lost,
// because `println!` is made anew.
use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = String> {
    let word = String::from("a");
    yield_!(word);
    println!("{word}");
}

fn main() {}
