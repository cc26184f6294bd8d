// Branches among operands that are closures, of a type which is another one in each copy of the body.
use handcrank::{Generator, generator, yield_};

#[generator]
fn adders(n: u32) -> impl Generator<Yield = u32, Return = u32> {
    let mut all: Vec<Box<dyn Fn(u32) -> u32>> = vec![];
    all.push(if n > 1 {
        yield_!(1);
        Box::new(|x| x + 1)
    } else {
        Box::new(|x| x + 2)
    });
    yield_!(2);
    all[0](n)
}

fn main() {}
