use handcrank::generator;

use std::cell::Cell;
use std::future::poll_fn;
use std::task::{Context, Poll};

#[generator]
async fn leak(out: &Cell<Option<&'static Context<'static>>>) {
    poll_fn(|context| {
        out.set(Some(context));
        Poll::Ready(())
    })
    .await;
}

fn main() {}
