use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: Option<u32>) -> impl Generator<Yield = u32> {
    match n {
        Some(n) if let Some(more) = n.checked_add(1) => {
            yield_!(n);
            yield_!(more);
        }
        _ => {}
    }
}

fn main() {}
