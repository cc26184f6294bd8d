use std::task::Context;

use handcrank::{generator, yield_};

#[generator]
async fn keeps(#[resume] cx: &mut Context<'_>) {
    let waker = cx.waker();
    yield_!();
    waker.wake_by_ref();
}

#[generator]
async fn keeps_across_await(#[resume] cx: &mut Context<'_>) {
    std::future::ready(()).await;
    cx.waker().wake_by_ref();
}

fn main() {}
