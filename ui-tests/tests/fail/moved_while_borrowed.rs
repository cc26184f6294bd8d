use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = usize> {
    let word = String::from("a");
    let r = &word;
    yield_!(1);
    drop(word);
    yield_!(r.len());
}

fn main() {}
