use handcrank::{Generator, generator, yield_};

macro_rules! twice {
    ($e:expr) => {
        ($e, $e)
    };
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let _ = twice!(yield_!(1));
}

fn main() {}
