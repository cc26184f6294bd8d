use handcrank::{Generator, generator, yield_};

macro_rules! later {
    ($format:literal) => {
        move || println!($format)
    };
}

#[generator]
fn numbers(name: String) -> impl Generator<Yield = u32> {
    yield_!(1);
    let print = later!("{name}");
    print();
}

fn main() {}
