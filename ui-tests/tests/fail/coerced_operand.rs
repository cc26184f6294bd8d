// An operand that outlives a suspension point, or is beside a closure, has no type to be coerced to.
use std::fmt::Display;
use std::future::{Ready, ready};

use handcrank::generator;

fn many(_: [&dyn Display; 2], n: u32) -> u32 {
    n
}

fn one(_: Option<&dyn Display>, n: u32) -> u32 {
    n
}

fn length(of: &dyn Fn(&str) -> usize, text: &str) -> usize {
    of(text)
}

struct Printer(u32);

impl Printer {
    fn print(self, _: (&str, usize)) -> u32 {
        self.0
    }
}

fn printer() -> Ready<Printer> {
    ready(Printer(1))
}

#[generator]
async fn array(a: u32, b: u8) -> u32 {
    many([&a, &b], ready(1).await)
}

#[generator]
async fn option(a: u32) -> u32 {
    one(Some(&a), ready(1).await)
}

#[generator]
async fn closure() -> usize {
    length(&|text| text.len(), ready("text").await)
}

#[generator]
async fn method(text: String) -> u32 {
    let printer = printer().await;
    ready(()).await;
    printer.print((&text, text.len()))
}

fn main() {}
