use handcrank::{Generator, generator, yield_};

fn pair() -> (String, String) {
    (String::new(), String::new())
}

#[generator]
fn numbers(#[resume] _: bool) -> impl Generator<bool, Yield = u32> {
    let mut pair = pair();
    let first = yield_!(1);
    match pair {
        (.., last) if first => drop(last),
        _ => {}
    }
    pair.1 = String::new();
    yield_!(2);
}

fn main() {}
