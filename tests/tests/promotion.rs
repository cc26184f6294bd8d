//! What rustc promotes to a constant outlives the machine, also where a body keeps it.
#![allow(
    clippy::match_single_binding,
    clippy::toplevel_ref_arg,
    clippy::unnecessary_literal_unwrap,
    reason = "bodies are odd on purpose"
)]

use std::fmt::Debug;
use std::pin::Pin;

use handcrank::{Generator, GeneratorState, generator, yield_};

static TABLE: (u32, [u8; 2]) = (7, [8, 9]);
const PAIR: (u32, &str) = (7, "seven");

#[generator]
fn constants(#[resume] _: u32) -> impl Generator<u32, Yield = &'static dyn Debug> {
    let array = &[1, 2, 3];
    let none = &None::<String>;
    let pair: &'static (u32, &str) = &PAIR;
    let nested: &'static (&[u32; 2], u8) = &(&[4, 5], 6);
    yield_!(array);
    yield_!(none);
    yield_!(pair);
    yield_!(nested);
    let empty: &'static mut [u32; 0] = &mut [];
    yield_!(&-8);
    yield_!(empty);
    let chosen: &'static i32 = if yield_!(&"which") > 3 { &9 } else { &10 };
    let [first, second] = &[11, 12];
    match &14 {
        fourth => {
            yield_!(fourth);
            yield_!(fourth);
        }
    }
    yield_!(chosen);
    yield_!(first);
    yield_!(second);
}

#[generator]
fn parts_of_a_static(#[resume] _: u32) -> impl Generator<u32, Yield = &'static dyn Debug> {
    let number = &TABLE.0;
    let byte = &TABLE.1[1];
    yield_!(number);
    yield_!(byte);
    let ref other = TABLE.1;
    yield_!(other);
    yield_!(number);
}

/// What a machine yields, looked at when it is gone.
fn afterwards(machine: impl Generator<u32, Yield = &'static dyn Debug, Return = ()>) -> String {
    let mut yielded = Vec::new();
    {
        let mut machine: Pin<Box<_>> = Box::pin(machine);
        while let GeneratorState::Yielded(value) = machine.as_mut().resume(1) {
            yielded.push(value);
        }
    }
    // Where the frame was.
    let _junk = vec![0xaa_u8; 4096];
    let shown: Vec<String> = yielded.iter().map(|value| format!("{value:?}")).collect();
    shown.join(" ")
}

#[test]
fn references_to_constants_outlive_the_machine() {
    assert_eq!(
        afterwards(constants()),
        r#"[1, 2, 3] None (7, "seven") ([4, 5], 6) -8 [] "which" 14 14 10 11 12"#
    );
}

#[test]
fn references_to_statics_are_not_references_to_copies() {
    assert_eq!(afterwards(parts_of_a_static()), "7 9 [8, 9] 7");
}

#[derive(Debug, PartialEq)]
enum Mode {
    Fast(u8),
    Slow,
}

/// In statements that do not suspend, all that rustc promotes.
#[generator]
fn constructors(
    given: Option<&'static Mode>,
) -> impl Generator<Yield = &'static Mode, Return = &'static Mode> {
    let mode = given.unwrap_or(&Mode::Fast(1));
    yield_!(mode);
    let mut last = mode;
    for n in 0..2 {
        last = if n == 0 {
            Some(&Mode::Slow).unwrap_or(&Mode::Fast(7))
        } else {
            last
        };
        last = last.max_of(&Mode::Fast(8));
        yield_!(last);
    }
    given.or(Some(last)).unwrap_or(&Mode::Fast(9))
}

impl Mode {
    fn max_of<'m>(&'m self, other: &'m Mode) -> &'m Mode {
        if *self == Mode::Slow { other } else { self }
    }
}

const THIRD: Mode = Mode::Fast(3);

/// The way around where a `let` extends it.
#[generator]
fn by_a_constant(
    #[resume] _: u32,
) -> impl Generator<u32, Yield = &'static Mode, Return = &'static Mode> {
    let third = &THIRD;
    yield_!(third);
    (&THIRD, yield_!(&Mode::Slow)).0
}

#[test]
fn constructors_are_promoted() {
    let (yielded, returned) = handcrank_tests::run(constructors(None));
    assert_eq!(yielded, [&Mode::Fast(1), &Mode::Fast(8), &Mode::Fast(8)]);
    assert_eq!(returned, &Mode::Fast(8));
    let (yielded, returned) = handcrank_tests::run_with(by_a_constant(), |_| 1);
    assert_eq!((yielded, returned), (vec![&THIRD, &Mode::Slow], &THIRD));
}
