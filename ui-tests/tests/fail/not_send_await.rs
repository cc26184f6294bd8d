use std::{future::ready, rc::Rc};

use handcrank::generator;

async fn inner() {
    let rc = Rc::new(1);
    ready(()).await;
    drop(rc);
}

#[generator]
async fn outer() {
    inner().await;
}

fn send<T: Send>(_: T) {}

fn call() {
    send(outer());
}

fn main() {}
