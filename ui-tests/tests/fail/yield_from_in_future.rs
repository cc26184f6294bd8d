use std::future::Future;

use handcrank::{generator, yield_from};

#[generator]
fn number() -> impl Future<Output = u32> {
    yield_from!([1]);
    1
}

fn main() {}
