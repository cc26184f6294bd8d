//! Types that an operand or a closure cannot be given by what it stands in.

use std::fmt::Display;
use std::future::{Future, Ready, ready};

use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Pause, block_on, run};

fn many(values: [&dyn Display; 2], n: u32) -> String {
    format!("{}{}{n}", values[0], values[1])
}

fn length(of: &dyn Fn(&str) -> usize, text: &str) -> usize {
    of(text)
}

async fn after<T>(value: T) -> T {
    Pause(1).await;
    value
}

struct Printer(u32);

impl Printer {
    fn print(self, (text, length): (&str, String), more: String) -> String {
        format!("{text}{length}{more}{}", self.0)
    }

    fn show(&self, shown: &dyn Display) -> String {
        format!("{shown}{}", self.0)
    }
}

fn make() -> String {
    "made".to_owned()
}

#[generator]
async fn operands(names: [u32; 2], b: u8) -> String {
    let largest = names.iter().map(|n| n + 1).max().unwrap_or(0);
    let array = many([&largest as &dyn Display, &make()], after(3).await);
    let values: [&dyn Display; 2] = [&b, &largest];
    array + &many(values, after(3).await)
}

#[generator]
async fn method(printer: Printer, text: String) -> String {
    Pause(1).await;
    let shown: &dyn Display = if text.is_empty() { &1 } else { &text };
    let shown = printer.show(shown);
    Pause(1).await;
    let printed = printer.print((&text as &str, make()), make());
    Pause(1).await;
    shown + &printed + &text
}

#[generator]
async fn closure(count: usize) -> usize {
    length(&|text: &str| text.len() + count, after("text").await)
}

#[test]
fn types_of_operands() {
    assert_eq!(block_on(operands([1, 2], 5)), (2, "3made3533".to_owned()));
    assert_eq!(
        block_on(method(Printer(7), "text".to_owned())),
        (3, "text7textmademade7text".to_owned())
    );
    assert_eq!(block_on(closure(2)), (1, 6));
}

struct Mapped<F>(F);

struct List(u32);

impl List {
    fn mapped<T, F: Fn(u32) -> T>(&self, map: F) -> Mapped<F> {
        Mapped(map)
    }
}

trait Then: Future + Sized {
    fn map_ok<T, U, F: FnOnce(T) -> U>(self, map: F) -> Ready<F>
    where
        Self: Future<Output = Option<T>>,
    {
        ready(map)
    }
}

impl<F: Future> Then for F {}

#[generator]
fn numbers(list: List, more: u32) -> impl Generator<Yield = u32> {
    yield_!(1);
    let mapped = list.mapped(|n: u32| n + more);
    yield_!((mapped.0)(2));
    let map = |n| n + more + 1;
    let mapped = list.mapped(map);
    yield_!((mapped.0)(3));
    yield_!(list.0);
}

#[generator]
async fn first(pair: Ready<Option<(u32, u32)>>, more: u32) -> u32 {
    Pause(1).await;
    pair.map_ok(|it: (u32, u32)| it.0 + more).await((1, 2))
}

#[test]
fn types_of_closures_parameters() {
    assert_eq!(run(numbers(List(9), 1)).0, [1, 3, 5, 9]);
    assert_eq!(block_on(first(ready(None), 1)), (1, 2));
}

#[generator]
async fn hidden() -> Result<impl Fn(&str) -> usize, ()> {
    Pause(1).await;
    Ok(|text: &str| text.len())
}

#[test]
fn types_of_a_hidden_closures_parameters() {
    assert_eq!(block_on(hidden()).1.expect("it")("four"), 4);
}

struct Parts(Part, u32);

struct Part(String);

impl Part {
    fn run<T>(self, f: impl FnOnce(&str) -> T) -> T {
        f(&self.0)
    }
}

struct Calls(u32);

impl Calls {
    fn by_pointer(self, f: fn(u32) -> Box<dyn Fn(u32) -> u32>) -> u32 {
        f(self.0)(1)
    }

    fn show(&self, own: &Own, more: &str) -> String {
        let Own::Some(shown) = own;
        format!("{shown}{more}{}", self.0)
    }
}

enum Own<'a> {
    Some(&'a dyn Display),
}

#[generator]
async fn on_parts(parts: Parts, calls: Calls, n: u32) -> (usize, String, u32) {
    Pause(1).await;
    let part = parts.0;
    let length = part.run(|text| text.len());
    let f: fn(u32) -> Box<dyn Fn(u32) -> u32> = |x| Box::new(move |y| x + y);
    Pause(1).await;
    let shown = calls.show(&Own::Some(&n), &make());
    Pause(1).await;
    (length, shown, calls.by_pointer(f) + parts.1)
}

#[generator]
async fn lists(calls: Calls, n: u32) -> String {
    Pause(1).await;
    let own: [&dyn Display; 2] = [&n, &make()];
    let pair: (&[&dyn Display], u32) = (&own, after(1).await);
    many([pair.0[0], &calls.0 as &dyn Display], after(2).await)
}

#[test]
fn parts_and_pointers() {
    let parts = Parts(Part("four".to_owned()), 2);
    let (_, (length, shown, sum)) = block_on(on_parts(parts, Calls(5), 7));
    assert_eq!((length, &*shown, sum), (4, "7made5", 8));
    assert_eq!(block_on(lists(Calls(5), 7)).1, "752");
}

#[generator]
fn assigned(n: u32) -> impl Generator<Yield = String> {
    let mut best: Option<Box<dyn Display>> = None;
    yield_!(best.is_some().to_string());
    let value: Option<Box<dyn Display>> = Some(Box::new(n));
    best = value;
    yield_!(best.map_or(String::new(), |best| best.to_string()));
}

#[test]
fn types_of_what_is_assigned() {
    assert_eq!(run(assigned(5)).0, ["false", "5"]);
}

type Double = fn(u32) -> u32;

struct Doubled(std::iter::Map<std::vec::IntoIter<u32>, Double>);

fn double(n: u32) -> u32 {
    n * 2
}

#[generator]
fn doubled(all: Vec<u32>) -> impl Generator<Yield = u32> {
    let it = all.into_iter();
    yield_!(1);
    let Doubled(rest) = Doubled(it.map(double as Double));
    for n in rest {
        yield_!(n);
    }
}

struct Log(Vec<(u32, u32)>);

impl Log {
    fn each(mut self, of: impl Fn(u32) -> u32, other: u32) -> Log {
        self.0.push((of(1), other));
        self
    }
}

#[generator]
fn with_a_copy(mut n: u32) -> impl Generator<Yield = u32, Return = Vec<(u32, u32)>> {
    let log = Log(Vec::new());
    yield_!(n);
    let n_then = n;
    let log = log.each(move |m| m + n_then, {
        n += 1;
        n
    });
    yield_!(n);
    log.0
}

#[test]
fn functions_and_copies_as_arguments() {
    assert_eq!(run(doubled(vec![1, 2])).0, [1, 2, 4]);
    assert_eq!(run(with_a_copy(5)), (vec![5, 6], vec![(6, 6)]));
}
