use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let list = [0_u32; { yield_!(1); 2 }];
    yield_!(list[0]);
}

fn main() {}
