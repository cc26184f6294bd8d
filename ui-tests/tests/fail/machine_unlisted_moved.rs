use handcrank::machine;

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {}
}

fn main() {
    let guard = Guard;
    let _ = machine!(-> impl Iterator<Item = u8> {
        yield 1;
        drop(guard);
    });
}
