use handcrank::{Generator, generator, yield_};

#[generator]
fn fill<'a>(#[resume] list: &'a mut Vec<&'a str>) -> impl Generator<&'a mut Vec<&'a str>> {
    let word = String::from("word");
    list.push(&word);
    yield_!();
}

fn main() {}
