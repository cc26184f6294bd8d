use handcrank::{Generator, generator, yield_};

#[generator]
fn keeps(#[resume] first: &mut Vec<u8>) -> impl Generator<&mut Vec<u8>, Yield = usize> {
    let mut push = |n| first.push(n);
    push(1);
    yield_!(1);
    push(2);
}

fn main() {}
