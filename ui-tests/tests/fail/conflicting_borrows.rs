use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let mut list = vec![1, 2, 3];
    let first = &list[0];
    yield_!(*first);
    list.push(4);
    yield_!(*first);
}

fn main() {}
