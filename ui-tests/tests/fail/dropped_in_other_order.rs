use handcrank::{Generator, generator, yield_};

struct Last<'a>(&'a String);

impl Drop for Last<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let last;
    let text = String::from("text");
    last = Last(&text);
    yield_!(1);
}

fn main() {}
