use handcrank::__private::Stream;
use handcrank::{generator, yield_from};

#[generator]
fn doubled(numbers: impl Stream<Item = u32>) -> impl Stream<Item = u32> {
    yield_from!(numbers, 1);
}

fn main() {}
