// A closure copies a local which a later argument changes, in a call on a local that is kept.
use handcrank::{generator, yield_};

struct Log(Vec<(u32, u32)>);

impl Log {
    fn with(mut self, of: impl FnOnce(u32) -> u32, other: u32) -> Log {
        self.0.push((of(1), other));
        self
    }
}

#[generator]
fn counts() -> impl Iterator<Item = u32> {
    let mut n = 1;
    let log = Log(vec![]);
    yield_!(n);
    let log = log.with(move |m| n + m, {
        n += 1;
        n
    });
    yield_!(log.0[0].0);
}

fn main() {}
