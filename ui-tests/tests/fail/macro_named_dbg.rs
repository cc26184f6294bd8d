use handcrank::{Generator, generator, yield_};

macro_rules! dbg {
    ($value:expr) => {
        &*Box::leak(Box::new($value.to_owned()))
    };
}

#[generator]
fn words() -> impl Generator<Yield = usize> {
    let word = String::from("word");
    yield_!(word.len());
    let kept: &String = dbg!(&word);
    yield_!(kept.len());
}

fn main() {}
