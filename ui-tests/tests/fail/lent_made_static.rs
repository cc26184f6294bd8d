use handcrank::{Generator, generator};

fn spawn(text: &'static str) {
    std::thread::spawn(move || println!("{text}"));
}

#[generator]
fn leaks(#[resume] first: &str) -> impl Generator<&str> {
    spawn(first);
}

fn main() {}
