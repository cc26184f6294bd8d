use handcrank::{Generator, generator};

struct Tank<T>(T);

impl<Item> Tank<Item> {
    #[generator]
    fn fill(#[resume] first: &mut Vec<Item>) -> impl Generator<&mut Vec<Item>> {
        first.clear();
    }

    #[generator]
    fn works(&self, #[resume] first: &mut Vec<Item>) -> impl Generator<&mut Vec<Item>> {
        first.clear();
    }
}

#[generator]
fn free<T>(#[resume] first: &mut Vec<T>) -> impl Generator<&mut Vec<T>> {
    first.clear();
}

fn main() {}
