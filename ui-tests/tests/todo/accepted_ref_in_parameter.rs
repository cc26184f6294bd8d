// TODO: rejected with E0282, and valid: the bindings' types are not known where `*low` asks for them.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers((ref low, ref high): (u32, u32)) -> impl Generator<Yield = u32> {
    yield_!(*low);
    yield_!(*high);
}

fn main() {}
