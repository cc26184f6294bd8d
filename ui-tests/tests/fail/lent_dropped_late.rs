use handcrank::{Generator, generator, yield_};

struct Permit<'a>(&'a str);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

#[generator]
fn keeps(#[resume] _permit: Permit<'_>) -> impl Generator<Permit<'_>> {
    loop {
        drop(yield_!());
    }
}

fn main() {}
