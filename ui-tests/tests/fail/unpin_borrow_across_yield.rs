use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> + Unpin {
    let list = vec![1, 2, 3];
    for n in list.iter() {
        yield_!(*n);
    }
}

fn main() {}
