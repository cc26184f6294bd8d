use handcrank::{Generator, generator, yield_};

fn make() -> String {
    String::new()
}

#[generator]
fn numbers() -> impl Generator<Yield = usize> + Unpin {
    let r = make().as_str().len();
    let s = &make();
    yield_!(r);
    yield_!(s.len());
}

fn main() {}
