// TODO: UNSOUND: accepted. A reference into the machine, which may move, is kept across a yield.
use handcrank::{generator, yield_};

#[generator]
fn lengths((ref name, _): (String, u32)) -> impl Iterator<Item = usize> {
    yield_!(name.len());
    yield_!(name.len());
}

fn main() {}
