use handcrank::{Generator, generator, yield_};

#[generator]
fn words() -> impl Generator<Yield = String> {
    let word = String::from("a");
    yield_!(word);
    println!("{word}");
}

fn main() {}
