//! The words of a megabyte of text, read from a buffer of the machine's own, which it borrows.

use handcrank::{Generator, generator, yield_};
use std::ops::Coroutine;

#[generator]
fn ours(text: &str) -> impl Generator<Yield = u64> {
    let buffer = text.to_ascii_lowercase();
    let mut word = 0_u64;
    for byte in buffer.bytes() {
        if byte.is_ascii_alphanumeric() {
            word = word.wrapping_mul(31).wrapping_add(u64::from(byte));
        } else if word != 0 {
            yield_!(word);
            word = 0;
        }
    }
    if word != 0 {
        yield_!(word);
    }
}

struct ByHand {
    buffer: String,
    position: usize,
}

impl ByHand {
    fn new(text: &str) -> Self {
        ByHand { buffer: text.to_ascii_lowercase(), position: 0 }
    }
}

impl Iterator for ByHand {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        let mut word = 0_u64;
        for byte in &self.buffer.as_bytes()[self.position..] {
            self.position += 1;
            if byte.is_ascii_alphanumeric() {
                word = word.wrapping_mul(31).wrapping_add(u64::from(*byte));
            } else if word != 0 {
                return Some(word);
            }
        }
        (word != 0).then_some(word)
    }
}

fn rustc(text: &str) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    static move || {
        let buffer = text.to_ascii_lowercase();
        let mut word = 0_u64;
        for byte in buffer.bytes() {
            if byte.is_ascii_alphanumeric() {
                word = word.wrapping_mul(31).wrapping_add(u64::from(byte));
            } else if word != 0 {
                yield word;
                word = 0;
            }
        }
        if word != 0 {
            yield word;
        }
    }
}

variants! { "tokenizer", |input|
    Ours: generator(ours(&input.text));
    ByHand: iter(ByHand::new(&input.text));
    Rustc: coroutine(rustc(&input.text));
}
