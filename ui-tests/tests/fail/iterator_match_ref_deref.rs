use handcrank::{generator, yield_};

struct Inline(String);

impl std::ops::Deref for Inline {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

fn make() -> Inline {
    Inline(String::new())
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    match *make() {
        ref name => {
            yield_!(name.len());
            yield_!(name.len());
        }
    }
}

fn main() {}
