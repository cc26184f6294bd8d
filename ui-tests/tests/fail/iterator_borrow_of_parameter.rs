use handcrank::{generator, yield_};

#[generator]
fn numbers(list: Vec<u32>) -> impl Iterator<Item = u32> {
    for n in &list {
        yield_!(*n);
    }
}

fn main() {}
