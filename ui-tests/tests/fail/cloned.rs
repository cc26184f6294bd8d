use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let number = 1;
    let borrowed = &number;
    yield_!(*borrowed);
}

fn main() {
    let machine = numbers();
    let _copy = machine.clone();
}
