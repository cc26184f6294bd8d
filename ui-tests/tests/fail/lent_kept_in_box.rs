use handcrank::{Generator, generator, yield_};

#[generator]
fn keeps(#[resume] first: &mut u8) -> Box<dyn Generator<&mut u8, Yield = u8> + Unpin> {
    let next = yield_!(*first);
    std::mem::swap(first, next);
}

fn main() {}
