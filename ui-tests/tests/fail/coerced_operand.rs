// An operand that outlives a suspension point, or is beside a call, and has no type to be coerced to.
use std::fmt::Display;
use std::future::{Ready, ready};

use handcrank::generator;

fn many(_: [&dyn Display; 2], n: u32) -> u32 {
    n
}

fn make() -> String {
    String::new()
}

fn length(of: &dyn Fn(&str) -> usize, text: &str) -> usize {
    of(text)
}

struct Printer(u32);

impl Printer {
    fn print(self, _: (&str, String), _: String) -> u32 {
        self.0
    }

    fn show(self, _: &dyn Display) -> u32 {
        self.0
    }

    fn show_all(self, _: &[&dyn Display]) -> u32 {
        self.0
    }
}

fn printer() -> Ready<Printer> {
    ready(Printer(1))
}

#[generator]
async fn beside_a_closure(names: [u32; 2]) -> u32 {
    let largest = names.iter().map(|n| n + 1).max().unwrap_or(0);
    many([&largest, &make()], ready(1).await)
}

#[generator]
async fn closure_that_takes(count: usize) -> usize {
    length(&|text| text.len() + count, ready("text").await)
}

#[generator]
async fn not_the_last(text: String) -> u32 {
    let printer = printer().await;
    ready(()).await;
    printer.print((&text, make()), make())
}

#[generator]
async fn branch(text: String, n: u32) -> u32 {
    let printer = printer().await;
    ready(()).await;
    printer.show(if n > 1 { &text } else { &n })
}

#[generator]
async fn list(text: String, n: u32) -> u32 {
    let printer = printer().await;
    ready(()).await;
    printer.show_all(&[&text, &n])
}

#[generator]
async fn extended_list(n: u32) -> usize {
    let pair: (&[&dyn Display], u32) = (&[&make(), &n], ready(1).await);
    pair.0.len()
}

macro_rules! note {
    ($($what:tt)*) => {
        ()
    };
}

#[generator]
async fn beside_a_macro(n: u32) -> u32 {
    note!("there may be items in it");
    many([&n, &make()], ready(1).await)
}

struct Parts(Part, u32);

struct Part(String);

impl Part {
    fn run<T>(self, f: impl FnOnce(&str) -> T) -> T {
        f(&self.0)
    }
}

#[generator]
async fn part(parts: Parts) -> usize {
    ready(()).await;
    parts.0.run(|text| text.len())
}

fn main() {}
