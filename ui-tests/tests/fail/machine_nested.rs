use handcrank::{generator, machine, yield_};

#[generator]
fn outer(n: u8) -> impl Iterator<Item = u8> {
    for m in machine!([n] -> impl Iterator<Item = u8> { yield n; yield_!(n); }) {
        yield_!(m);
    }
}

fn main() {
    let _ = machine!([n = 1] -> impl Iterator<Item = u8> {
        let inner = machine!([n] -> impl Iterator<Item = u8> { yield n; });
        for m in inner {
            yield m;
        }
    });
}
