// TODO: The body repeats the error at another arm: there the arms that do not suspend come first.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    let n = match n {
        1 => {
            yield_!(1);
            2_u32
        }
        _ => "a",
    };
    yield_!(n);
}

fn main() {}
