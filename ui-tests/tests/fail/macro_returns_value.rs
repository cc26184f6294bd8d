use std::future::ready;

use handcrank::generator;

macro_rules! give {
    ($value:expr) => {
        return $value
    };
}

#[generator]
async fn fails(n: u32) -> Result<u32, String> {
    ready(()).await;
    give!(Err(n.to_string()))
}

#[generator]
async fn succeeds(n: u32) -> Result<u32, String> {
    ready(()).await;
    if n > 1 {
        give!(Ok(n));
    }
    Err(String::new())
}

fn main() {}
