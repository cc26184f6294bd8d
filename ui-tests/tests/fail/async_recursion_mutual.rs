use handcrank::generator;

#[generator]
async fn even(n: u32) -> bool {
    n == 0 || Box::pin(odd(n - 1)).await
}

#[generator]
async fn odd(n: u32) -> bool {
    n != 0 && even(n - 1).await
}

fn main() {}
