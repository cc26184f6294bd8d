use handcrank::machine;

fn main() {
    let names = vec![String::from("a")];
    let machine = machine!([names] -> impl Iterator<Item = usize> {
        yield names.len();
    });
    println!("{names:?}");
    machine.for_each(drop);
}
