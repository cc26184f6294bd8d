// An iterator of `#[generator]` is a `FusedIterator`, also where a trait declares it: by hand that is to be said.
use handcrank::generator;

#[generator]
trait Numbers {
    #[generator]
    fn numbers(self) -> impl Iterator<Item = u32>;
}

struct One;

impl Numbers for One {
    fn numbers(self) -> impl Iterator<Item = u32> {
        [1].into_iter()
    }
}

fn main() {}
