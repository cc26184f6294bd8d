use handcrank::{generator, yield_};

struct Lent<'a>(&'a str);

impl Drop for Lent<'_> {
    fn drop(&mut self) {}
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    let text = String::new();
    let moved = Lent(&text);
    drop(moved);
    let lent = Lent(&text);
    yield_!(1);
    let other = String::new();
    while let Lent(_) = Lent(&other) {
        yield_!(2);
    }
}

fn main() {}
