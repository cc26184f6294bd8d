use handcrank::{generator, yield_};

fn make() -> (String, u32) {
    (String::new(), 1)
}

#[generator]
fn numbers() -> impl Iterator<Item = usize> {
    match make() {
        (ref word, _) => {
            yield_!(1);
            yield_!(word.len());
        }
    }
}

fn main() {}
