use handcrank::machine;

fn main() {
    let name = "a";
    let _ = machine!([name] |n: u8| -> impl Generator<u8, Yield = usize, Return = u8> {
        let next: u32 = yield name;
        if next > 1 {
            return false;
        }
        n.len()
    });
}
