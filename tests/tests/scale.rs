//! Machines that are large: many suspension points, many locals, many bytes; and locals of no size at all.
#![allow(
    clippy::large_stack_arrays,
    clippy::never_loop,
    reason = "bodies are odd on purpose"
)]

use std::convert::Infallible;
use std::marker::PhantomData;
use std::mem::size_of_val;
use std::pin::{Pin, pin};

use handcrank::{Generator, GeneratorState, Iter, generator, yield_};
use handcrank_tests::Log;

/// A generator whose body has the tokens so often: a macro in a body would be opaque.
macro_rules! with_points {
    ([] $count:ident $($points:tt)*) => {
        #[generator]
        fn many_points() -> impl Generator<Yield = u32, Return = u32> {
            let mut $count = 0;
            $($points)*
            $count
        }
    };
    ([4 $($more:tt)*] $count:ident $($points:tt)*) => {
        with_points! { [$($more)*] $count $($points)* $($points)* $($points)* $($points)* }
    };
}

// 4 * 4 * 4 * 4 * 4 = 1024 suspension points: their numbers do not fit into a byte.
with_points! { [4 4 4 4 4] count yield_!(count); count += 1; }

#[test]
fn more_suspension_points_than_a_byte_counts() {
    let mut machine = pin!(many_points());
    for n in 0..1024 {
        assert_eq!(machine.as_mut().resume(()), GeneratorState::Yielded(n));
    }
    assert_eq!(machine.as_mut().resume(()), GeneratorState::Complete(1024));
}

#[test]
fn a_drop_finds_each_of_many_suspension_points() {
    for resumptions in (0..1024).step_by(31) {
        let mut machine = Box::pin(many_points());
        for _ in 0..resumptions {
            let _ = machine.as_mut().resume(());
        }
        drop(machine);
    }
}

macro_rules! with_locals {
    ([] $log:ident $($locals:tt)*) => {
        #[generator]
        fn many_locals($log: Log) -> impl Generator<Yield = u32> {
            $($locals)*
            yield_!(1);
        }
    };
    ([4 $($more:tt)*] $log:ident $($locals:tt)*) => {
        with_locals! { [$($more)*] $log $($locals)* $($locals)* $($locals)* $($locals)* }
    };
}

// 256 locals of one name.
with_locals! { [4 4 4 4] log let _local = log.value("local"); }

#[test]
fn hundreds_of_locals_drop_once_each() {
    let log = Log::default();
    let mut machine = Box::pin(many_locals(log.clone()));
    assert_eq!(machine.as_mut().resume(()), GeneratorState::Yielded(1));
    assert!(log.take().is_empty());
    drop(machine);
    assert_eq!(log.take().len(), 256);
}

const MEGABYTE: usize = 1 << 20;

#[generator]
fn megabyte() -> Box<dyn Iterator<Item = usize>> {
    let mut bytes = [0_u8; MEGABYTE];
    for turn in 0..3 {
        bytes[MEGABYTE - 1] += 1;
        yield_!(usize::from(bytes[MEGABYTE - 1]) + turn);
    }
}

#[generator]
fn two_megabytes_in_turn(first: bool) -> impl Generator<Yield = u8> {
    if first {
        let bytes = [1_u8; MEGABYTE];
        yield_!(0);
        yield_!(bytes[MEGABYTE / 2]);
    } else {
        let bytes = [2_u8; MEGABYTE];
        yield_!(0);
        yield_!(bytes[MEGABYTE / 2]);
    }
}

/// Runs on a stack that has room for copies that are not optimised away.
fn with_stack(run: fn()) {
    let thread = std::thread::Builder::new().stack_size(64 * MEGABYTE);
    thread.spawn(run).unwrap().join().unwrap();
}

#[test]
fn a_local_of_a_megabyte() {
    with_stack(|| {
        assert_eq!(megabyte().collect::<Vec<_>>(), [1, 3, 5]);
        let mut dropped = megabyte();
        assert_eq!(dropped.next(), Some(1));
    });
}

#[test]
fn large_locals_that_are_never_kept_together_share_storage() {
    with_stack(|| {
        let machine = two_megabytes_in_turn(false);
        assert!(size_of_val(&machine) < MEGABYTE + 1024);
        let machine = pin!(machine);
        assert_eq!(Iter::new(machine).collect::<Vec<_>>(), [0, 2]);
    });
}

struct Nothing;

#[derive(Clone, Copy)]
struct Tag<T>(PhantomData<T>);

#[generator]
fn without_size() -> impl Generator<Yield = usize> {
    let nothing = Nothing;
    let unit = ();
    let array = [(); 100];
    let tag = Tag::<Vec<u8>>(PhantomData);
    let closure = || 7;
    let empty: [String; 0] = [];
    yield_!(array.len());
    let Nothing = nothing;
    let () = unit;
    let Tag(PhantomData) = tag;
    yield_!(closure() + empty.len());
}

#[test]
fn locals_without_a_size() {
    let machine = without_size();
    assert!(
        size_of_val(&machine) <= size_of::<usize>(),
        "{}",
        size_of_val(&machine)
    );
    assert_eq!(Iter::new(pin!(machine)).collect::<Vec<_>>(), [100, 7]);
}

#[generator]
#[allow(
    unreachable_code,
    unused_variables,
    reason = "that is what it is about"
)]
fn uninhabited(stop: bool) -> impl Generator<Yield = u32, Return = &'static str> {
    let none: Option<Infallible> = None;
    let fine: Result<u32, Infallible> = Ok(3);
    let never: Vec<Infallible> = Vec::new();
    yield_!(1);
    let Ok(fine) = fine;
    yield_!(fine);
    if let Some(never) = none {
        yield_!(2);
        match never {}
    }
    for never in never {
        yield_!(4);
        match never {}
    }
    if stop {
        return "stopped";
    }
    let never: Infallible = loop {
        yield_!(5);
    };
    yield_!(6);
    match never {}
}

#[test]
fn locals_without_a_value() {
    let mut machine = pin!(uninhabited(true));
    assert_eq!(machine.as_mut().resume(()), GeneratorState::Yielded(1));
    assert_eq!(machine.as_mut().resume(()), GeneratorState::Yielded(3));
    assert_eq!(
        machine.as_mut().resume(()),
        GeneratorState::Complete("stopped")
    );
    let mut machine: Pin<Box<_>> = Box::pin(uninhabited(false));
    for _ in 0..10 {
        assert!(matches!(
            machine.as_mut().resume(()),
            GeneratorState::Yielded(_)
        ));
    }
}
