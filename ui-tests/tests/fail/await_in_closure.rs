use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let call = || std::future::ready(1).await;
    yield_!(call());
}

fn main() {}
