use handcrank::{Generator, generator, yield_};

#[generator]
fn lengths(text: &str) -> impl Generator<Yield = usize> {
    yield_!(text.len());
}

fn main() {
    let mut machine = {
        let text = String::from("text");
        Box::pin(lengths(&text))
    };
    machine.as_mut().resume(());
}
