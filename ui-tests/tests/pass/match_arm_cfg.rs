// What is in the parentheses of a macro that is known is seen when `#[cfg]` is.
use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = bool> {
    let is_three = matches!(
        match n {
            #[cfg(unix)]
            1 => {
                yield_!(false);
                2
            }
            _ => 3,
        },
        3
    );
    yield_!(is_three);
}

fn main() {}
