use handcrank::{generator, yield_};

#[generator]
fn echo(#[resume] first: u32) -> impl Iterator<Item = u32> {
    yield_!(first);
}

fn main() {}
