use handcrank::{Generator, generator, yield_};

struct Unit;

fn take(_: Unit) -> u32 {
    1
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let Unit = Unit;
    yield_!(1);
    yield_!(take(Unit));
}

fn main() {}
