use handcrank::{generator, yield_};

fn make() -> Option<String> {
    None
}

#[generator]
fn lengths(n: u32) -> impl Iterator<Item = usize> {
    match n {
        1 if let Some(text) = make() => {
            let borrowed = &text;
            yield_!(1);
            yield_!(borrowed.len());
        }
        _ => {}
    }
}

fn main() {}
