//! What may borrow a local is told from what only reads it: each of these keeps a borrow of its own.

use handcrank::{generator, yield_};

struct Pair {
    left: String,
    right: String,
}

#[generator]
fn by_index(texts: Vec<String>) -> impl Iterator<Item = usize> {
    let first = &texts[0];
    yield_!(1);
    yield_!(first.len());
}

#[generator]
fn by_field(pair: Pair) -> impl Iterator<Item = usize> {
    let left = &pair.left;
    yield_!(pair.right.len());
    yield_!(left.len());
}

#[generator]
fn by_pattern(pair: Pair) -> impl Iterator<Item = usize> {
    let Pair { ref left, .. } = pair;
    yield_!(1);
    yield_!(left.len());
}

#[generator]
fn by_match(text: Option<String>) -> impl Iterator<Item = usize> {
    match text {
        Some(ref text) => {
            yield_!(1);
            yield_!(text.len());
        }
        None => {}
    }
}

#[generator]
fn by_box(text: Box<String>) -> impl Iterator<Item = usize> {
    let text = &*text;
    yield_!(1);
    yield_!(text.len());
}

#[generator]
fn by_branch(one: u32, other: u32) -> impl Iterator<Item = u32> {
    let smaller = if one < other { &one } else { &other };
    yield_!(1);
    yield_!(*smaller);
}

#[generator]
fn by_value_of_method(texts: Vec<String>) -> impl Iterator<Item = usize> {
    let lens = texts.iter().map(String::len);
    for len in lens {
        yield_!(len);
    }
}

#[generator]
fn by_operand(one: String, other: String) -> impl Iterator<Item = usize> {
    let same = one == {
        yield_!(1);
        other
    };
    yield_!(usize::from(same));
}

#[generator]
fn by_operand_of_operands(mut counts: Vec<usize>) -> impl Iterator<Item = usize> {
    counts[{
        yield_!(1);
        0
    }] += 1;
    yield_!(counts[0]);
}

#[generator]
fn by_closure(text: String) -> impl Iterator<Item = usize> {
    let len = || text.len();
    yield_!(1);
    yield_!(len());
}

#[generator]
fn by_macro(text: String) -> impl Iterator<Item = usize> {
    macro_rules! borrow {
        ($text:expr) => {
            &$text
        };
    }
    let borrowed = borrow!(text);
    yield_!(1);
    yield_!(borrowed.len());
}

fn main() {}
