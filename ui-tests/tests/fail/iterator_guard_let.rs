use handcrank::{generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    match n {
        1 if let Some(m) = { yield_!(1); n.checked_sub(1) } => yield_!(m),
        _ => yield_!(2),
    }
}

fn main() {}
