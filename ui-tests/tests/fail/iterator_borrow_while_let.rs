use handcrank::{generator, yield_};

fn make() -> String {
    String::new()
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    while let Some(first) = make().chars().next().as_ref() {
        yield_!(first.len_utf8());
        yield_!(first.len_utf8());
    }
    if let Some(text) = Some(make().as_str()) {
        yield_!(1);
        yield_!(text.len());
    } else {
        yield_!(2);
    }
}

fn main() {}
