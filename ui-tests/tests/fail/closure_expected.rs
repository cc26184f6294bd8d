// A closure in an operand that is kept has the types of its parameters from nowhere.
use handcrank::generator;

struct Handler {
    call: Box<dyn Fn(&str) -> usize>,
    number: u32,
}

fn each(what: &mut impl FnMut(&str) -> usize) -> impl Future<Output = usize> {
    std::future::ready(what("four"))
}

#[generator]
async fn handler(name: String, number: impl Future<Output = u32>) -> Handler {
    Handler {
        call: Box::new(move |text| text.len() + name.len()),
        number: number.await,
    }
}

#[generator]
async fn lengths() -> usize {
    each(&mut |text| text.len()).await
}

fn main() {}
