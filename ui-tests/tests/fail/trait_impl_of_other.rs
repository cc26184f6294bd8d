use handcrank::{generator, yield_};

trait Numbers {
    fn numbers(&self) -> impl Iterator<Item = u32>;
}

struct One;

impl Numbers for One {
    #[generator]
    fn numbers(&self) -> impl Iterator<Item = u64> {
        yield_!(1);
    }
}

fn main() {}
