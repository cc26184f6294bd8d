// One of them might declare a local, which would have to be kept: `{ twice!(n); }` says that none does.
use handcrank::{Generator, generator, yield_};

macro_rules! twice {
    ($e:expr) => {
        $e += 1;
        $e += 1;
    };
}

#[generator]
fn numbers(mut n: u32) -> impl Generator<Yield = u32> {
    twice!(n);
    yield_!(n);
    { twice!(n); }
    yield_!(n);
}

fn main() {}
