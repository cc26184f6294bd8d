use handcrank::machine;

fn main() {
    let _ = machine!(-> impl Iterator<Item = u8> {
        #[cfg(unix)]
        yield 1;
        yield 2;
    });
}
