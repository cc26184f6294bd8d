use std::pin::pin;

use handcrank::{Generator, generator, yield_};

#[generator]
fn collect<'a>(#[resume] first: &'a str) -> impl Generator<&'a str, Yield = usize> {
    let mut all = vec![first];
    loop {
        all.push(yield_!(all.len()));
    }
}

fn main() {
    let mut machine = pin!(collect());
    {
        let text = String::from("text");
        machine.as_mut().resume(&text);
    }
    machine.as_mut().resume("more");
}
