use handcrank::{Generator, generator, yield_};

#[generator]
fn keeps(#[resume] first: &mut Vec<u8>) -> impl Generator<&mut Vec<u8>, Yield = usize> {
    first.push(1);
    let next = yield_!(1);
    first.push(2);
    next.push(3);
}

fn main() {}
