// TODO: Two errors: the second is the body's.
use handcrank::{generator, yield_};

#[generator]
fn words(list: &Vec<u32>) -> impl Iterator<Item = u32> {
    yield_!(1);
    list.push(1);
}

fn main() {}
