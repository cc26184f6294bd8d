//! Braces around a body are necessary.
#![deny(warnings)]

use handcrank::{generator, machine};

#[generator]
pub async fn sum(a: u32) -> u32 { a + 22 }

#[generator]
pub async fn sum_of(a: impl Future<Output = u32>) -> u32 { a.await + 22 }

fn main() {
    let a = 1;
    let _ = (sum(1), sum_of(std::future::ready(1)), machine!([a] -> impl Future<Output = u32> { a + 22 }));
}
