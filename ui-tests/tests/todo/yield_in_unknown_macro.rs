// TODO: Says "outside of a generator"; the message that `prepare` has for this is never reached:
// `is_std` is true for every one-segment path, and `std_macro` returns `None` for unknown ones.
use handcrank::{Generator, generator, yield_};

macro_rules! twice {
    ($e:expr) => {
        ($e, $e)
    };
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    let _ = twice!(yield_!(1));
}

fn main() {}
