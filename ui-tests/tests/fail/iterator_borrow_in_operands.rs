use handcrank::{generator, yield_};

fn make() -> String {
    String::new()
}

fn kept(text: &str, _: ()) -> &str {
    text
}

#[generator]
fn lengths() -> impl Iterator<Item = usize> {
    let either = false || kept(&make(), yield_!(1)).is_empty();
    let sum = match either {
        true => kept(make().as_str(), yield_!(2)).len(),
        false => 1,
    };
    if kept(&make(), yield_!(3)).len() == sum {}
}

fn main() {}
