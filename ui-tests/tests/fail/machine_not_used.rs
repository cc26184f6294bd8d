#![deny(unused_must_use)]

use handcrank::machine;

fn main() {
    machine!(-> impl Iterator<Item = u8> { yield 1; });
    machine!(-> impl Generator { yield; });
    machine!(-> impl Future<Output = u8> { 1 });
    machine!(|out: &mut u8| -> impl Generator<&mut u8> { *out = 1; });
}
