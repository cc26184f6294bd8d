use std::future::ready;

use handcrank::{generator, yield_};

// What is hidden is captured all the same.
#[generator]
fn captures_one<'a, 'b>(_one: &'a str, other: &'b str) -> impl Iterator<Item = char> + use<'a> {
    for letter in other.chars() {
        yield_!(letter);
    }
}

#[generator]
fn outlives_one<'a, 'b>(_one: &'a str, other: &'b str) -> impl Iterator<Item = char> + 'a {
    for letter in other.chars() {
        yield_!(letter);
    }
}

#[generator]
async fn returns_other<'a, 'b>(_one: &'a str, other: &'b str) -> &'a str {
    ready(()).await;
    other
}

#[generator]
async fn keeps(list: &mut Vec<&str>, text: &str) {
    ready(()).await;
    list.push(text);
}

#[generator]
async fn annotates<'a, 'b>(_one: &'a str, other: &'b str) -> usize {
    let text: &'a str = other;
    ready(()).await;
    text.len()
}

#[generator]
async fn length(one: &str, other: &str) -> usize {
    ready(()).await;
    one.len() + other.len()
}

fn main() {
    let one = String::new();
    let future = {
        let other = String::new();
        length(&one, &other)
    };
    drop(future);
}
