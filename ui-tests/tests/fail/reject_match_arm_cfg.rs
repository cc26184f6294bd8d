// What is in the parentheses of a macro is not seen when `#[cfg]` is.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    yield_!(match n {
        #[cfg(unix)]
        1 => {
            yield_!(1);
            2
        }
        _ => 3,
    });
}

fn main() {}
