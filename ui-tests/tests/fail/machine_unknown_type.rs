use handcrank::machine;

fn main() {
    let _ = machine!(-> impl Iterator<Item = _> {
        yield None;
    });
}
