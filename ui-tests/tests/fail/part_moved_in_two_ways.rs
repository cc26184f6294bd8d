// The last field of a tuple struct, counted from the end in one place and from the first in another.
use handcrank::{Generator, generator, yield_};

struct Pair(String, String);

fn pair() -> Pair {
    Pair(String::new(), String::new())
}

#[generator]
fn numbers(b: bool) -> impl Generator<Yield = u32> {
    let pair = pair();
    yield_!(1);
    if b {
        let Pair(.., last) = pair;
        drop(last);
    } else {
        drop(pair.1);
    }
    yield_!(2);
    drop(pair.0);
}

fn main() {}
