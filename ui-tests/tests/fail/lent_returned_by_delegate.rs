use std::pin::Pin;

use handcrank::{Generator, GeneratorState, generator, yield_, yield_from};

struct Last;

impl<'r> Generator<&'r mut Vec<u8>> for Last {
    type Yield = u8;
    type Return = &'r mut u8;

    fn resume(self: Pin<&mut Self>, list: &'r mut Vec<u8>) -> GeneratorState<u8, &'r mut u8> {
        GeneratorState::Complete(&mut list[0])
    }
}

#[generator]
fn keeps(#[resume] list: &mut Vec<u8>) -> impl Generator<&mut Vec<u8>, Yield = u8> {
    let last = yield_from!(Last, list);
    yield_!(1);
    *last += 1;
}

fn main() {}
