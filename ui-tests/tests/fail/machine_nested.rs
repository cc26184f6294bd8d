//! A machine in the body of a generator has the locals of that body that are listed, and no others.

use handcrank::{generator, machine, yield_};

#[generator]
fn outer(a: String, b: String) -> impl Iterator<Item = usize> {
    yield_!(0);
    let inner = machine!([a] -> impl Iterator<Item = usize> {
        yield a.len();
        yield b.len();
    });
    yield_!(1);
    for n in inner {
        yield_!(n);
    }
    yield_!(a.len());
}

fn main() {
    for n in outer(String::new(), String::new()) {
        println!("{n}");
    }
}
