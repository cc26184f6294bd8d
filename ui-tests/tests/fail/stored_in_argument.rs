use handcrank::{Generator, generator, yield_};

struct Holder<'a>(&'a u32);

#[generator]
fn numbers<'a>(holder: &mut Holder<'a>) -> impl Generator<Yield = u32> {
    let number = 1;
    holder.0 = &number;
    yield_!(1);
}

fn main() {}
