use std::rc::Rc;

use handcrank::machine;

fn main() {
    let count = Rc::new(1);
    let _ = machine!([count] -> impl Generator<Yield = u8> + Send {
        yield 1;
        println!("{count}");
    });
}
