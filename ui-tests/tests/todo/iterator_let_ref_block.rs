// TODO: UNSOUND: accepted. A reference into the machine, which may move, is kept across a yield.
use handcrank::{generator, yield_};

fn make() -> [String; 2] {
    [String::new(), String::new()]
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    let [ref name, _] = { make() };
    yield_!(name.len());
    yield_!(name.len());
}

fn main() {}
