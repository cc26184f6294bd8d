use handcrank::machine;

fn main() {
    let a = 1;
    let _ = machine!([a] { yield a; });
    let _ = machine!([a] -> u8 { yield a; });
    let _ = machine!([a] |x: u8, y: u8| -> impl Generator<u8> { yield a; });
    let _ = machine!([a] -> impl Generator<u8> { yield; });
    let _ = machine!([a] |x: u8| -> impl Iterator<Item = u8> { yield x; });
    let _ = machine!([a] -> impl Iterator<Item = u8> + ?Sized { yield a; });
    let _ = machine!([a] -> impl Iterator<Item = u8> + use<> { yield a; });
    let _ = machine!(a);
}
