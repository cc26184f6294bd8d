use std::future::Future;

use handcrank::generator;

#[generator]
fn number() -> Box<dyn Future<Output = u32>> {
    1
}

fn main() {}
