use handcrank::{Generator, generator};

#[generator]
fn returns<'a>(
    #[resume] first: &'_ str,
    name: &'a str,
) -> impl Generator<&str, Yield = (), Return = &'a str> {
    if name.is_empty() { first } else { name }
}

fn main() {}
