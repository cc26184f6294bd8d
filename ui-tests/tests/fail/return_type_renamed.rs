use handcrank::{Generator as G, generator, yield_};

type Numbers = Box<dyn Iterator<Item = u32>>;

#[generator]
fn renamed() -> impl G<Yield = u32> {
    yield_!(1);
}

#[generator]
fn alias() -> Numbers {
    yield_!(1);
}

fn main() {
    let _ = renamed();
    let _: u32 = alias().sum();
}
