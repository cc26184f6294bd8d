// TODO: rejected with E0716, and valid: a temporary in a macro that we do not know is not kept, for it is not
// seen; the message should say so, at the macro.
use handcrank::{Generator, generator, yield_};

macro_rules! reference {
    ($e:expr) => {
        &$e
    };
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    match reference!(std::process::id()) {
        n => {
            yield_!(*n);
            yield_!(*n);
        }
    }
}

fn main() {}
