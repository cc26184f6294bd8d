// TODO: The body repeats the error, with a note at `#[generator]`.
use handcrank::generator;

#[generator]
async fn number() -> String {
    std::future::ready(1).await
}

fn main() {}
