use handcrank::machine;

fn main() {
    let names = vec![String::from("a")];
    let _ = machine!([names] -> impl Iterator<Item = usize> {
        for name in &names {
            yield name.len();
        }
    });
}
