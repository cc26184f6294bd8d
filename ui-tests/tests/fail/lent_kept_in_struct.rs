use handcrank::{Generator, generator, yield_};

struct Kept<'a> {
    all: Vec<&'a str>,
}

#[generator]
fn keeps(#[resume] first: &str) -> impl Generator<&str, Yield = usize, Return = String> {
    let mut kept = Kept { all: vec![first] };
    loop {
        let next = yield_!(kept.all.len());
        if next.is_empty() {
            return kept.all.concat();
        }
        kept.all.push(next);
    }
}

fn main() {}
