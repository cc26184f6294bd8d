use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let n = 1;
    yield_!(n);
    println!("{} {}", n);
}

fn main() {}
