// With a name the macro does nothing, with any other expression it borrows: rustc checks what runs.
#![forbid(unsafe_code)]
use handcrank::{Generator, generator, yield_};

macro_rules! borrow {
    ($r:ident, $s:ident) => {
        ()
    };
    ($r:expr, $s:expr) => {
        $r = &$s[..]
    };
}

#[generator]
fn words() -> impl Generator<Yield = String> {
    let word = String::from("a long word on the heap");
    let mut kept = "";
    yield_!(kept.to_string());
    yield_!(word.clone());
    borrow!(kept, word);
    drop(word);
    yield_!(String::new());
    yield_!(kept.to_string());
}

fn main() {}
