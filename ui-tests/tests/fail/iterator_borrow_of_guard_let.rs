use handcrank::{generator, yield_};

struct Name(String);

impl Name {
    fn of(n: u32) -> Name {
        Name(n.to_string())
    }
    fn text(&self) -> Option<&str> {
        Some(&self.0)
    }
}

#[generator]
fn lengths(n: u32) -> impl Iterator<Item = usize> {
    match n {
        1 if let Some(text) = Name::of(n).text() => {
            yield_!(0);
            yield_!(text.len());
        }
        2 if let name = Name::of(n) && let Some(text) = name.text() => {
            yield_!(text.len());
            yield_!(name.0.len());
            yield_!(text.len());
        }
        3 if let name = Name::of(n) && let Some(text) = name.text() && text.len() > 1 => {
            yield_!(name.0.len());
        }
        _ => {}
    }
}

fn main() {}
