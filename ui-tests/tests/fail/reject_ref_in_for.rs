use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(list: Vec<(u32, String)>) -> impl Generator<Yield = usize> {
    for (_, ref word) in list {
        yield_!(word.len());
    }
}

fn main() {}
