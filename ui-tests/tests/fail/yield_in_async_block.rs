use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let _later = async {
        yield_!(1);
    };
}

fn main() {}
