use handcrank::generator;

#[generator]
async fn number() -> u32 {
    1_u32.await
}

fn main() {}
