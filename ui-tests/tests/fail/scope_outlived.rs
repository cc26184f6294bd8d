use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let borrowed;
    {
        let number = 1;
        borrowed = &number;
        yield_!(1);
    }
    yield_!(*borrowed);
}

fn main() {}
