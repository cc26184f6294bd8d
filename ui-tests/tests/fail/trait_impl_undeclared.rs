use handcrank::{generator, yield_};

trait Numbers {
    fn numbers(self) -> impl Iterator<Item = u32>;
}

struct One(u32);

impl Numbers for One {
    #[generator]
    fn numbers(self) -> impl Iterator<Item = u32> {
        yield_!(self.0);
    }
}

fn main() {}
