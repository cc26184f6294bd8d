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

peers! { $ (text: &'x str) {
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
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
fn next_gen(text: &str) {
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

#[allow(warnings, reason = "reported for `ours`")]
fn async_stream(text: &str) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
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
    GenawaiterRc: iter(peers::genawaiter_rc(&input.text));
    GenawaiterStack: iter(
        genawaiter::stack::let_gen_using!(machine, |co| peers::genawaiter_stack(co, &input.text));
        machine.into_iter()
    );
    NextGen: iter(next_gen::mk_gen!(let machine = next_gen(&input.text)); machine);
    AsyncStream: stream(async_stream(&input.text));
    AsynkStrim: stream(peers::asynk_strim(&input.text));
    Corosensei: switched(peers::corosensei(&input.text));
    Generator: iter(peers::generator(&input.text));
}
