// TODO: The first error is at `#[generator]` and suggests `#[generator].to_string()`:
// `original_await(..)` loses the span. The body repeats it.
use handcrank::generator;

#[generator]
async fn number() -> String {
    std::future::ready(1).await
}

fn main() {}
