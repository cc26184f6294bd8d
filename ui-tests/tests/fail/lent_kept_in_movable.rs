use handcrank::{Generator, generator, yield_};

#[generator]
fn keeps(#[resume] first: &mut Vec<u8>) -> impl Generator<&mut Vec<u8>, Yield = usize> + Unpin {
    let part = &mut first[1..];
    yield_!(part.len());
    part[0] = 1;
}

fn main() {}
