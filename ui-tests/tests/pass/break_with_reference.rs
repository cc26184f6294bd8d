use handcrank::{Generator, generator, yield_};

#[generator]
fn numbers(n: u32) -> impl Generator<Yield = u32> {
    let n = 'found: {
        if n > 1 {
            break 'found &3;
        }
        &(n + 1)
    };
    yield_!(*n);
    yield_!(*n);
}

fn main() {}
