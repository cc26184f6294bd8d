// TODO: rejected with E0425, and valid: a macro in the place of a pattern or statement binds a name that it is
// given, which we do not see; the message should say so, at the macro.
use handcrank::{Generator, generator, yield_};

macro_rules! bind {
    ($name:ident) => {
        let $name = 1;
    };
}

#[generator]
fn numbers() -> impl Generator<Yield = u32> {
    bind!(n);
    yield_!(n);
    yield_!(n);
}

fn main() {}
