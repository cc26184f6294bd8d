//! In the machine `self` has a name, which no other local gets.
use handcrank::{generator, yield_};

struct Counter(u8);

impl Counter {
    #[generator]
    fn numbers(&self, this: u8) -> impl Iterator<Item = u8> {
        yield_!(self.0 + this);
        let this_ = Counter(7);
        {
            let this = &self.0;
            println!("{this} {}", self.0);
        }
        yield_!(this_.0 + this);
        let this = Counter(self.0);
        yield_!(this.0);
        yield_!(self.0);
    }
}

fn main() {
    assert_eq!(Counter(1).numbers(2).collect::<Vec<_>>(), [3, 9, 1, 1]);
}
