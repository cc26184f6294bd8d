use handcrank::{Generator, generator, yield_};

fn consume(_: String) {}

#[generator]
fn words() -> impl Generator<Yield = usize> {
    let word = String::from("a");
    consume(word);
    yield_!(1);
    println!("{}", word.len());
}

fn main() {}
