// A variant of one's own by a name of the prelude's does something when it is made, perhaps.
use std::fmt::Display;
use std::future::ready;

use handcrank::generator;

enum Own<'a> {
    Some(&'a dyn Display),
}

fn text() -> String {
    String::new()
}

#[generator]
async fn shows() -> u32 {
    use Own::Some;
    let shown: (Own, u32) = (Some(&text()), ready(1).await);
    shown.1
}

fn main() {}
