use std::task::Context;

use handcrank::__private::Stream;
use handcrank::{generator, yield_from};

#[generator]
fn numbers(#[resume] _: &mut Context<'_>) -> impl Stream<Item = u8> {
    yield_from!([1, 2]);
}

#[generator]
async fn nothing(#[resume] _: &mut Context<'_>) {
    yield_from!([(), ()]);
}

fn main() {}
