use handcrank::generator;

#[generator]
async fn down(n: u32) -> u32 {
    if n > 0 { Box::pin(down(n - 1)).await } else { 0 }
}

fn main() {}
