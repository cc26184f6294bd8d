//! Hostile scopes: everything an expansion could name means something else here.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]
#![allow(
    non_camel_case_types,
    non_upper_case_globals,
    dead_code,
    unused_macros,
    clippy::upper_case_acronyms,
    reason = "hostility"
)]

use ::handcrank::{Generator, generator, yield_, yield_from};

// Crates that are modules here.
mod core {}
mod std {}
mod alloc {}
mod handcrank {}
mod __private {}

// The prelude, and what else an expansion could use without a path.
struct Option;
struct Some;
struct None;
struct Result;
struct Ok;
struct Err;
struct Box;
struct Vec;
struct String;
struct Send;
struct Sync;
struct Sized2;
struct Unpin;
struct Pin;
struct Fn;
struct FnMut;
struct FnOnce;
struct Copy;
struct Clone;
struct Drop;
struct Default;
struct From;
struct Into;
struct Iterator;
struct IntoIterator;
struct PartialEq;
struct PartialOrd;
struct Machine;
struct Frame;
struct Turn;
struct Step;
struct Saved;
struct Slot;
struct At;
struct Start;
struct Body;
struct Cell;
struct MaybeUninit;
struct ManuallyDrop;
struct PhantomData;
struct Poll;
struct Context;
struct GeneratorState;
struct FusedIterator;
struct Future;

type usize = Machine;
type u8 = Machine;

fn drop() {}
fn slot() {}
fn branch() {}
fn resume() {}
fn size_of() {}
fn original() {}

macro_rules! panic {
    () => {
        compile_error!("panic")
    };
}
macro_rules! unreachable {
    () => {
        compile_error!("unreachable")
    };
}
macro_rules! matches {
    () => {
        compile_error!("matches")
    };
}
macro_rules! assert {
    () => {
        compile_error!("assert")
    };
}

#[generator]
fn locals_with_our_names(
    frame: u32,
    body: u32,
    turn: u32,
) -> impl Generator<Yield = u32, Return = u32> {
    let to = frame + 1;
    let at = body + to;
    let suspending = 3;
    let mut returned = turn;
    let slot = 5;
    let machine = 6;
    let value = [7, 8];
    let this = 9;
    let state = 10;
    let saved = 11;
    let ty = 12;
    let probe = 13;
    let local = 14;
    let operand = 15;
    let arm = 16;
    let result = 17;
    let iter = 18;
    let token = 19;
    let argument = 20;
    let shape = 21;
    yield_!(to + at + suspending + returned);
    for item in value {
        let next = item;
        yield_!(next + slot + machine + this + state);
        returned += next;
    }
    yield_!(saved + ty + probe + local + operand + arm + result + iter + token + argument + shape);
    returned
}

#[generator]
fn labels_and_lifetimes_with_our_names<'frame, 'body: 'frame, 'r>(
    one: &'frame [u32],
    two: &'body u32,
    three: &'r u32,
) -> impl Generator<Yield = u32, Return = u32> {
    let mut sum = 0;
    'body: for n in one {
        'frame: loop {
            sum += n;
            yield_!(sum);
            if sum > 3 {
                break 'body;
            }
            'suspend: {
                if sum > 1 {
                    break 'suspend;
                }
                yield_!(100);
                continue 'frame;
            }
            break;
        }
    }
    let last = 'loop_1: loop {
        yield_!(*two);
        break 'loop_1 *three;
    };
    sum + last
}

#[generator]
fn parameters_with_our_names<F, B, R, Y, O, L0, L1, P, T, K, G>(
    f: F,
    b: B,
    r: R,
    rest: (Y, O, L0, L1, P, T, K, G),
) -> impl Generator<Yield = u32, Return = (F, B)>
where
    R: ::core::convert::Into<u32>,
{
    let n = r.into();
    yield_!(n);
    ::core::mem::drop(rest);
    yield_!(n + 1);
    (f, b)
}

#[generator]
fn question_marks_without_the_prelude(
    start: ::core::option::Option<u32>,
) -> impl Generator<Yield = u32, Return = ::core::option::Option<u32>> {
    let n = start?;
    yield_!(n);
    let pair = (n, yield_!(n + 1), start?);
    ::core::option::Option::Some(pair.0 + pair.2)
}

#[generator]
fn iterator_without_the_prelude(n: u32) -> impl ::core::iter::Iterator<Item = u32> {
    for i in 0..n {
        yield_!(i);
    }
    yield_from!([7, 8]);
}

#[generator]
async fn future_without_the_prelude(n: u32) -> u32 {
    let ready = ::core::future::ready(n);
    ready.await + 1
}

#[generator]
fn moves_and_borrows(
    text: ::std::string::String,
) -> impl Generator<Yield = u32, Return = ::std::vec::Vec<::core::primitive::u8>> {
    let mut text = text;
    text.push('x');
    yield_!(text.len() as u32);
    let stop = text.len() > 100;
    if stop {
        ::core::mem::drop(text);
        yield_!(0);
        return ::std::vec::Vec::new();
    }
    text.into_bytes()
}

#[test]
fn expansions_survive() {
    let (yielded, sum) = handcrank_tests::run(locals_with_our_names(1, 2, 4));
    ::core::assert_eq!(yielded, [13, 37, 38, 176]);
    ::core::assert_eq!(sum, 19);
    let (yielded, sum) =
        handcrank_tests::run(labels_and_lifetimes_with_our_names(&[1, 2, 9], &50, &60));
    ::core::assert_eq!(yielded, [1, 100, 2, 4, 50]);
    ::core::assert_eq!(sum, 64);
    let rest = ((), 0, 0, 0, 0, 0, 0, 0);
    ::core::assert_eq!(
        handcrank_tests::run(parameters_with_our_names('f', "b", 5_u16, rest)).1,
        ('f', "b")
    );
    let (yielded, sum) = handcrank_tests::run(question_marks_without_the_prelude(
        ::core::option::Option::Some(4),
    ));
    ::core::assert_eq!(
        (yielded.as_slice(), sum),
        (&[4, 5][..], ::core::option::Option::Some(8))
    );
    ::core::assert_eq!(
        ::core::iter::Iterator::sum::<u32>(iterator_without_the_prelude(3)),
        18
    );
    ::core::assert_eq!(
        handcrank_tests::block_on(future_without_the_prelude(1)).1,
        2
    );
    let (yielded, bytes) = handcrank_tests::run(moves_and_borrows("ab".into()));
    ::core::assert_eq!(
        (yielded.as_slice(), bytes.as_slice()),
        (&[3][..], &b"abx"[..])
    );
}
