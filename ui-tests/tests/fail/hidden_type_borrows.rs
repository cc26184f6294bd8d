// What is hidden in what comes out has types of its own in the original, and outlives the locals all the same.
use std::future::ready;

use handcrank::{Generator, generator, yield_};

#[generator]
async fn returned(n: String) -> Result<impl Fn() -> usize, ()> {
    let name = n.clone();
    ready(()).await;
    Ok(|| name.len())
}

#[generator]
fn yielded(n: String) -> impl Generator<Yield = impl Fn() -> usize> {
    let name = n.clone();
    yield_!(|| name.len());
}

#[generator]
fn as_static(n: &str) -> impl Generator<Yield = u32, Return = impl Fn() -> usize + 'static> {
    yield_!(1);
    move || n.len()
}

#[generator]
async fn captures_nothing(n: &str) -> impl Fn() -> usize + use<> {
    ready(()).await;
    || n.len()
}

// Nothing says what the closure is called with.
#[generator]
async fn without_types() -> impl Fn(&str) -> usize {
    ready(()).await;
    |name| name.len()
}

fn main() {}
