// TODO: Three errors: `this` is named; two helps rewrite `#[generator]`. rustc's own help (`&mut
// self`) is missing.
use handcrank::{generator, yield_};

struct Counter(u32);

impl Counter {
    #[generator]
    fn numbers(&self) -> impl Iterator<Item = u32> {
        yield_!(self.0);
        self.0 += 1;
    }
}

fn main() {}
