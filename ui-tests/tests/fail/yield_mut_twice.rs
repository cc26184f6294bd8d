use handcrank::{Generator, generator, yield_};

#[generator]
fn places<'a>(place: &'a mut u32) -> impl Generator<Yield = &'a mut u32> {
    yield_!(&mut *place);
    yield_!(&mut *place);
}

fn main() {}
