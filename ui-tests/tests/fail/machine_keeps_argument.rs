use std::cell::RefCell;

use handcrank::machine;

fn main() {
    let all = RefCell::new(Vec::new());
    let _ = machine!([all = &all] |text: &str| -> impl Generator<&str> {
        all.borrow_mut().push(text);
    });
    let _ = machine!([mut last = ""] |text| -> impl Generator<&str, Yield = bool> {
        let mut text = text;
        while text != last {
            last = text;
            text = yield true;
        }
    });
    println!("{}", all.borrow().concat());
}
