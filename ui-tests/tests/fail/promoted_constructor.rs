// What a call makes is kept in the frame, also where rustc would make a constant of it.
use std::future::ready;

use handcrank::generator;

enum Mode {
    Fast(u8),
}

#[generator]
async fn extended() -> &'static Mode {
    let mode = &Mode::Fast(2);
    ready(()).await;
    mode
}

#[generator]
async fn suspends() -> &'static Mode {
    let mode = Some((&Mode::Fast(2), ready(1).await)).unwrap_or((&Mode::Fast(3), 1));
    ready(()).await;
    mode.0
}

fn main() {}
