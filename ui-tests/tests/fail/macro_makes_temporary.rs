use handcrank::{Generator, generator, yield_};

macro_rules! reference {
    ($e:expr) => {
        &$e
    };
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let id = reference!(std::process::id());
    yield_!(*id);
    yield_!(*id);
}

fn main() {}
