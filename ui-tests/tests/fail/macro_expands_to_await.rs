use std::future::ready;

use handcrank::generator;

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

macro_rules! same {
    ($value:expr) => {
        $value
    };
}

#[generator]
async fn expansion() {
    wait!(ready(()));
}

#[generator]
async fn argument() {
    same!(ready(()).await);
}

fn main() {}
