use handcrank::{Generator, generator, yield_, yield_from};

#[generator]
fn lengths(#[resume] _: &String, text: &str) -> impl Generator<&String, Yield = usize> {
    yield_!(text.len());
    yield_!(text.len());
}

#[generator]
fn keeps(#[resume] first: &String) -> impl Generator<&String, Yield = usize> {
    yield_from!(lengths(first), first);
}

fn main() {}
