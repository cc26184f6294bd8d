//! No lint speaks of what stands for arguments that are lent.
#![deny(warnings, clippy::pedantic)]

use std::task::Context;

use handcrank::{Generator, generator, yield_, yield_from};

pub struct Ctx<'a> {
    pub names: &'a mut Vec<&'a str>,
}

#[generator]
pub fn borrowed(#[resume] mut out: &mut String, n: u8) -> impl Generator<&mut String, Yield = u8> {
    for i in 0..n {
        out.push('a');
        out = yield_!(i);
    }
    out.clear();
}

#[generator]
pub fn tied(#[resume] ctx: Ctx<'_>) -> impl Generator<Ctx<'_>, Yield = usize> {
    let ctx = yield_!(ctx.names.len());
    yield_from!(once(), ctx);
}

#[generator]
fn once(#[resume] ctx: Ctx<'_>) -> impl Generator<Ctx<'_>, Yield = usize> {
    yield_!(ctx.names.len());
}

#[generator]
pub async fn context(#[resume] cx: &mut Context<'_>) {
    cx.waker().wake_by_ref();
    yield_!();
    once_more().await;
}

async fn once_more() {}

fn main() {
    let _ = (borrowed(1), tied(), context());
}
