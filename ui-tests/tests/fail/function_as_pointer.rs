// A function where a pointer to one is expected by way of what a method on a kept local returns.
use handcrank::{generator, yield_};

struct Doubled(std::iter::Map<std::vec::IntoIter<u32>, fn(u32) -> u32>);

fn double(n: u32) -> u32 {
    n * 2
}

#[generator]
fn doubled(all: Vec<u32>) -> impl Iterator<Item = u32> {
    let it = all.into_iter();
    yield_!(1);
    let Doubled(rest) = Doubled(it.map(double));
    for n in rest {
        yield_!(n);
    }
}

fn main() {}
