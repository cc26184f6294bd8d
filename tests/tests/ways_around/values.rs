//! Types that an operand or a closure cannot be given by what it stands in.

use std::fmt::Display;
use std::future::{Future, Ready, ready};

use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Pause, block_on, run};

fn many(values: [&dyn Display; 2], n: u32) -> String {
    format!("{}{}{n}", values[0], values[1])
}

fn one(value: Option<&dyn Display>, n: u32) -> String {
    value.map_or(String::new(), |value| format!("{value}{n}"))
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
    fn print(self, (text, length): (&str, usize)) -> String {
        format!("{text}{length}{}", self.0)
    }
}

#[generator]
async fn operands(a: u32, b: u8) -> String {
    let array = many([&a as &dyn Display, &b], after(3).await);
    let values: [&dyn Display; 2] = [&b, &a];
    let bound = many(values, after(3).await);
    let some = one(Some(&a as &dyn Display), after(3).await);
    array + &bound + &some
}

#[generator]
async fn method(printer: Printer, text: String) -> String {
    Pause(1).await;
    let printed = printer.print((&text as &str, text.len()));
    Pause(1).await;
    printed + &text
}

#[generator]
async fn closure() -> usize {
    length(&|text: &str| text.len(), after("text").await)
}

#[test]
fn types_of_operands() {
    assert_eq!(block_on(operands(1, 2)), (3, "12321313".to_owned()));
    assert_eq!(
        block_on(method(Printer(7), "text".to_owned())),
        (2, "text47text".to_owned())
    );
    assert_eq!(block_on(closure()), (1, 4));
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
fn numbers(list: List) -> impl Generator<Yield = u32> {
    yield_!(1);
    let mapped = list.mapped(|n: u32| n + 1);
    yield_!((mapped.0)(2));
    let map = |n| n + 2;
    let mapped = list.mapped(map);
    yield_!((mapped.0)(3));
    yield_!(list.0);
}

#[generator]
async fn first(pair: Ready<Option<(u32, u32)>>) -> u32 {
    Pause(1).await;
    pair.map_ok(|it: (u32, u32)| it.0).await((1, 2))
}

#[test]
fn types_of_closures_parameters() {
    assert_eq!(run(numbers(List(9))).0, [1, 3, 5, 9]);
    assert_eq!(block_on(first(ready(None))), (1, 1));
}
