use handcrank::{Generator, generator, yield_};

struct Permit<'a>(&'a str);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

/// As a parameter, it drops at the end.
#[generator]
fn ignores(#[resume] _: Permit<'_>) -> impl Generator<Permit<'_>> {
    yield_!();
}

#[generator]
fn takes_a_part(#[resume] (text, _): (&str, Permit<'_>)) -> impl Generator<(&str, Permit<'_>)> {
    println!("{text}");
    yield_!();
}

fn main() {}
