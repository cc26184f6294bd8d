use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    match n {
        #[cfg(unix)]
        1 => {
            yield_!(1);
        }
        _ => {}
    }
}

fn main() {}
