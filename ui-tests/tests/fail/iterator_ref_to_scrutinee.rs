use handcrank::{generator, yield_};

fn make() -> Option<String> {
    None
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    match (make(), 1) {
        (Some(ref text), _) => {
            yield_!(1);
            yield_!(text.len());
        }
        (ref none, _) => yield_!(none.iter().len()),
    }
    if let Some(ref text) = make() {
        yield_!(2);
        yield_!(text.len());
    }
    while let Some(ref mut text) = make() {
        yield_!(3);
        text.clear();
    }
    for ref text in make() {
        yield_!(4);
        yield_!(text.len());
    }
}

fn main() {}
