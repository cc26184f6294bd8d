use handcrank::{Generator, generator};

#[generator]
fn mixes(#[resume] (list, name): (&mut Vec<&str>, &str)) -> impl Generator<(&mut Vec<&str>, &str)> {
    list.push(name);
}

fn main() {}
