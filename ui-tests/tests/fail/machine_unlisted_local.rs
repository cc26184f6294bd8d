use handcrank::machine;

fn main() {
    let listed = vec![1_u8];
    let other = String::from("not listed");
    let machine = machine!([listed] -> impl Iterator<Item = String> {
        for n in listed {
            yield format!("{other}{n}");
        }
    });
    for text in machine {
        println!("{text}");
    }
}
