use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(list: &mut Vec<u32>) -> impl Generator<Yield = u32> {
    let a = &mut *list;
    let b = &mut *list;
    yield_!(b[0]);
    a.push(1);
}

fn main() {}
