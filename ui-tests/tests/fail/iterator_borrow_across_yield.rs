use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    let list = vec![1, 2, 3];
    for n in list.iter() {
        yield_!(*n);
    }
}

fn main() {}
