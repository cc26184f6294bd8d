use handcrank::{generator, yield_};

trait Undeclared {
    fn numbers<T: Clone>(&self, value: T) -> impl Iterator<Item = T>;
}

trait Declared {
    #[generator]
    fn numbers<T: Clone>(&self, value: T) -> impl Iterator<Item = T>;
    #[generator]
    fn once(self) -> impl Iterator<Item = u32>;
}

struct One;

impl Undeclared for One {
    #[generator]
    fn numbers<T: Clone>(&self, value: T) -> impl Iterator<Item = T> {
        yield_!(value.clone());
        yield_!(value);
    }
}

impl Declared for One {
    fn numbers<T: Clone>(&self, value: T) -> impl Iterator<Item = T> {
        vec![value].into_iter()
    }

    fn once(self) -> impl Iterator<Item = u32> {
        [1].into_iter()
    }
}

fn main() {}
