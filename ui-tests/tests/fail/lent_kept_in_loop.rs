use handcrank::{Generator, generator, yield_};

#[generator]
fn keeps(#[resume] mut last: &str) -> impl Generator<&str, Yield = bool> {
    loop {
        let next = yield_!(true);
        if next == last {
            break;
        }
        last = next;
    }
}

fn main() {}
