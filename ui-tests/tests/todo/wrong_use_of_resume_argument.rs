// TODO: Talks of `&Shape<String, ..>` at `#[generator]`; the second error is at the right place,
// but suggests `yield_.to_string()!(first)`.
use handcrank::{Generator, generator, yield_};

#[generator]
fn echo(#[resume] first: u32) -> impl Generator<u32, Yield = u32> {
    let next: String = yield_!(first);
    drop(next);
}

fn main() {}
