// What `format_args!` borrows is a temporary, which the macro does not see.
use std::fmt::Arguments;
use std::future::ready;

use handcrank::{Generator, generator, yield_};

async fn print(text: Arguments<'_>) -> usize {
    ready(()).await;
    text.to_string().len()
}

#[generator]
fn yielded(n: u32) -> impl Generator<Yield = String> {
    yield_!(format_args!("{n}").to_string());
}

#[generator]
fn matched(n: u32) -> impl Generator<Yield = usize> {
    match format_args!("{n}").to_string() {
        text => yield_!(text.len()),
    }
}

#[generator]
fn iterated(n: u32) -> impl Generator<Yield = char> {
    for c in format_args!("{n}").to_string().chars() {
        yield_!(c);
    }
}

#[generator]
async fn awaited(n: u32) -> usize {
    print(format_args!("{n}")).await
}

fn main() {}
