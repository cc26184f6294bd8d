use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = &'static u32> {
    match 1 {
        ref number => yield_!(number),
    }
}

fn main() {}
