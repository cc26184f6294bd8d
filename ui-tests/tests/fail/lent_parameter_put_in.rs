use handcrank::{Generator, generator, yield_};

#[generator]
fn puts(
    #[resume] mut list: &mut Vec<&str>,
    name: &str,
) -> impl Generator<&mut Vec<&str>> {
    loop {
        list.push(name);
        list = yield_!();
    }
}

fn main() {}
