use handcrank::{Generator, generator};

type Take<'a> = Box<dyn Fn(&'a str) + 'a>;

/// What the function takes may have to live longer than the text.
#[generator]
fn mixes(#[resume] first: (Take<'_>, &str)) -> impl Generator<(Take<'_>, &str)> {
    (first.0)(first.1);
}

fn main() {}
