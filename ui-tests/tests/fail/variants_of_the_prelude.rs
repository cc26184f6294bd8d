// A variant of one's own by a name of the prelude's does something when it is made, perhaps.
use std::fmt::Display;
use std::future::ready;

use handcrank::generator;

enum Own<'a> {
    Some(&'a dyn Display),
}

struct Printer;

impl Printer {
    fn show(self, _: Own, _: String) {}
}

#[generator]
async fn shows(printer: Printer, text: String) {
    use Own::Some;
    ready(()).await;
    printer.show(Some(&text), String::new());
}

fn main() {}
