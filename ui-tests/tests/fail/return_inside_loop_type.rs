use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32, Return = Result<u32, String>> {
    for n in 0..3 {
        yield_!(n);
        if n == 2 {
            return n;
        }
    }
    Err("none")
}

fn main() {}
