use handcrank::{Generator, generator, yield_};

fn consume(_: String) {}

#[generator]
fn words() -> impl Generator<Yield = usize> {
    let word = String::from("a");
    loop {
        yield_!(1);
        consume(word);
    }
}

fn main() {}
