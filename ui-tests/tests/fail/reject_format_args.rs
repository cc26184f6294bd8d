use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = String> {
    let text = format_args!("{}", n + 1);
    yield_!(text.to_string());
    yield_!(text.to_string());
}

fn main() {}
