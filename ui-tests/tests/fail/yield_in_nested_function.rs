use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    fn inner() {
        yield_!(2);
    }
    inner();
    yield_!(1);
}

fn main() {}
