use handcrank::{Generator, generator, yield_, yield_from};

/// May keep its arguments.
#[generator]
fn collect<'a>(#[resume] first: &'a str) -> impl Generator<&'a str, Yield = usize, Return = String> {
    let mut all = vec![first];
    while all.len() < 3 {
        all.push(yield_!(all.len()));
    }
    all.concat()
}

#[generator]
fn delegates(#[resume] first: &str) -> impl Generator<&str, Yield = usize, Return = String> {
    yield_from!(collect(), first)
}

fn main() {}
