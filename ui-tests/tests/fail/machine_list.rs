use handcrank::machine;

struct S(u8);

impl S {
    fn with_self(&self) {
        let _ = machine!([self] -> impl Iterator<Item = u8> { yield self.0; });
    }
}

fn main() {
    let (a, b) = (1, S(2));
    let _ = machine!([&a] -> impl Iterator<Item = u8> { yield *a; });
    let _ = machine!([b.0] -> impl Iterator<Item = u8> { yield b; });
    let _ = machine!([a, b, a] -> impl Iterator<Item = u8> { yield a; });
}
