//! Constants and locals in patterns, lifetimes of functions, and what `machine!` is declared to be.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use handcrank::{Generator, generator, machine, yield_};
use handcrank_tests::{Pause, block_on, run};

#[allow(non_upper_case_globals)]
const limit: u32 = 3;

#[derive(Debug)]
struct Unit;

#[generator]
fn paths(n: Option<u32>) -> impl Generator<Yield = u32> {
    match n {
        Some(self::limit) => {
            yield_!(1);
            yield_!(limit);
        }
        _ => yield_!(0),
    }
    let self::Unit = Unit;
    yield_!(5);
    assert_eq!(format!("{:?}", Unit), "Unit");
}

#[test]
fn the_path_of_a_constant() {
    assert_eq!(run(paths(Some(3))).0, [1, 3, 5]);
    assert_eq!(run(paths(Some(4))).0, [0, 5]);
}

#[generator]
fn lower_case(n: Option<u32>) -> impl Generator<Yield = u32> {
    let Some(n) = n else { return };
    match n {
        0 => {}
        n => {
            yield_!(1);
            yield_!(n);
        }
    }
}

#[test]
fn lower_case_for_a_local() {
    assert_eq!(run(lower_case(Some(4))).0, [1, 4]);
    assert_eq!(run(lower_case(Some(0))).0, [0; 0]);
}

const CELL: Cell<u32> = Cell::new(1);

#[generator]
fn bound() -> impl Generator<Yield = u32> {
    let cell = CELL;
    let cell = &cell;
    yield_!(cell.get());
    cell.set(2);
    yield_!(cell.get());
}

#[test]
fn a_constant_with_a_cell_is_bound() {
    assert_eq!(run(bound()).0, [1, 2]);
}

#[generator]
async fn shown<'a, T: ToString>(name: &'a str, value: T) -> String {
    Pause(1).await;
    format!("{name}{}", value.to_string())
}

#[test]
fn lifetimes_are_left_out() {
    assert_eq!(block_on(shown::<u8>("a", 1)), (1, "a1".to_owned()));
}

#[generator]
fn down(n: u32) -> Pin<Box<dyn Future<Output = u32>>> {
    Pause(1).await;
    if n > 0 { down(n - 1).await + 1 } else { 0 }
}

#[generator]
fn even(n: u32) -> Pin<Box<dyn Future<Output = bool>>> {
    n == 0 || odd(n - 1).await
}

#[generator]
async fn odd(n: u32) -> bool {
    Pause(1).await;
    n != 0 && even(n - 1).await
}

#[test]
fn a_box_for_a_future_that_awaits_itself() {
    assert_eq!(block_on(down(3)), (4, 3));
    assert_eq!(block_on(even(4)), (2, true));
    assert_eq!(block_on(odd(4)), (3, false));
}

/// A bound that names a type parameter.
trait Counted<T>: Iterator<Item = T> + Sized {
    fn counted(self) -> Vec<(usize, T)> {
        self.enumerate().collect()
    }
}

impl<T, I: Iterator<Item = T>> Counted<T> for I {}

fn letters<T: Clone>(value: T) -> impl Counted<T> + Send
where
    T: Send,
{
    machine!([value] -> impl Iterator<Item = T> {
        yield value.clone();
        yield value;
    })
}

#[test]
fn a_bound_of_a_type_parameter_is_left_out() {
    assert_eq!(letters('a').counted(), [(0, 'a'), (1, 'a')]);
}

/// A bound that names a lifetime.
trait Within<'a>: Iterator<Item = &'a str> + Sized {
    fn joined(self) -> String {
        self.collect::<Vec<_>>().join(" ")
    }
}

impl<'a, I: Iterator<Item = &'a str>> Within<'a> for I {}

fn words<'a>(text: &'a str) -> impl Within<'a> {
    machine!([text] -> impl Iterator<Item = &'a str> {
        yield text;
        yield &text[1..];
    })
}

#[test]
fn a_bound_of_a_lifetime_is_left_out() {
    assert_eq!(words("abc").joined(), "abc bc");
}

#[test]
fn a_machine_for_a_closure() {
    let mut count = 0;
    let mut numbers = |n: u32| {
        count += 1;
        machine!([n] -> impl Iterator<Item = u32> {
            yield n;
            yield n + 1;
        })
    };
    assert_eq!(
        numbers(1).chain(numbers(5)).collect::<Vec<_>>(),
        [1, 2, 5, 6]
    );
    assert_eq!(count, 2);
}

// ------------------------------------------------------------------------------ names of std's

struct Own(u32);

trait Look {
    fn lines(&self) -> &Self {
        self
    }
}

impl Look for &Own {}

fn from_fn<T>(make: impl FnOnce() -> T) -> T {
    make()
}

#[generator]
fn not_stds(own: Own, text: String, other: String) -> impl Generator<Yield = usize> {
    let reference = &own;
    let lines = (&reference).lines();
    yield_!(1);
    yield_!(lines.0 as usize);
    yield_!(self::from_fn(|| text.into_bytes()).len());
    yield_!(from_fn(move || other.into_bytes()).len());
}

#[test]
fn paths_of_functions_and_references_to_references() {
    let machine = not_stds(Own(5), String::from("abc"), String::from("de"));
    assert_eq!(run(machine).0, [1, 5, 3, 2]);
}
