use std::{future::ready, rc::Rc};

use handcrank::generator;

#[generator]
fn number() -> impl Future<Output = u32> + Send {
    let rc = Rc::new(1);
    ready(()).await;
    *rc
}

fn main() {}
