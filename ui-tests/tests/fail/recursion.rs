use handcrank::{generator, yield_, yield_from};

#[generator]
fn down(n: u32) -> impl Iterator<Item = u32> {
    if n > 0 {
        yield_!(n);
        yield_from!(down(n - 1));
    }
}

fn main() {}
