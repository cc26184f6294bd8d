use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = usize> {
    let longest;
    {
        let word = String::from("a");
        longest = &word;
        yield_!(1);
    }
    yield_!(longest.len());
}

fn main() {}
