use std::future::{Future, ready};

use handcrank::{generator, yield_};

trait Measure {
    fn measure(&self, of: &str) -> impl Future<Output = usize>;
}

#[generator]
impl Measure for u8 {
    async fn measure(&self, of: &str) -> usize {
        ready(()).await;
        of.length()
    }
}

#[generator]
impl Measure for u16 {
    async fn measure(&self, of: &str) -> usize {
        yield_!(of.len())
    }
}

#[generator(all)]
impl Nothing {}

struct Nothing;

#[generator]
mod nothing {}

fn main() {}
