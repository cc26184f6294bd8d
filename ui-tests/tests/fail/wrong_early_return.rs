use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers() -> impl Generator<Yield = u32, Return = String> {
    if std::process::id() == 1 {
        return 1;
    }
    yield_!(1);
    String::new()
}

fn main() {}
