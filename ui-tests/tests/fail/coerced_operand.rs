// An operand that outlives a suspension point, and has no type to be coerced to.
use std::fmt::Display;
use std::future::ready;

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
