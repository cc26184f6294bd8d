use handcrank::machine;

fn main() {
    let mut names = vec![String::from("a")];
    names.push(String::new());
    let _ = machine!([names] -> impl Iterator<Item = usize> {
        names.clear();
        yield names.len();
    });
}
