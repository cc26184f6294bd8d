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

fn configured() {
    let _ = handcrank::machine!(-> impl Iterator<Item = u8> {
        #[cfg(unix)]
        yield 1;
        yield 2;
    });
}
