use handcrank::{Generator, generator};

#[generator]
fn many(#[resume] _: [&(&u8, &(&u8, &u8)); 1]) -> impl Generator<[&(&u8, &(&u8, &u8)); 1]> {}

fn main() {}
