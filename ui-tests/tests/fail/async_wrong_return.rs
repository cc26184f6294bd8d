use handcrank::generator;

#[generator]
async fn number() -> String {
    std::future::ready(1).await
}

fn main() {}
