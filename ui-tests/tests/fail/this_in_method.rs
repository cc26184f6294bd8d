use handcrank::{generator, yield_};

struct Counter(u8);

impl Counter {
    #[generator]
    fn numbers(&self, this: u8) -> impl Iterator<Item = u8> {
        yield_!(self.0 + this);
    }
}

fn main() {}
