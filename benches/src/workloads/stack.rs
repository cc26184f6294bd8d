//! A walk through a tree by a stack.

use super::tree::Tree;
use handcrank::{generator, yield_};
use std::ops::Coroutine;

#[generator]
fn ours(tree: &Tree) -> impl Iterator<Item = u64> {
    let mut stack = vec![tree];
    while let Some(tree) = stack.pop() {
        yield_!(tree.value);
        stack.extend(&tree.children);
    }
}

struct ByHand<'a> {
    stack: Vec<&'a Tree>,
    last: Option<&'a Tree>,
}

impl Iterator for ByHand<'_> {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        if let Some(last) = self.last {
            self.stack.extend(&last.children);
        }
        self.last = self.stack.pop();
        self.last.map(|tree| tree.value)
    }
}

fn rustc(tree: &Tree) -> impl Coroutine<Yield = u64, Return = ()> {
    #[coroutine]
    static move || {
        let mut stack = vec![tree];
        while let Some(tree) = stack.pop() {
            yield tree.value;
            stack.extend(&tree.children);
        }
    }
}

peers! { $ (tree: &'x Tree) {
    let mut stack = vec![tree];
    while let Some(tree) = stack.pop() {
        yield_!(tree.value);
        stack.extend(&tree.children);
    }
} }

#[allow(warnings, reason = "reported for `ours`")]
#[next_gen::generator(yield(u64))]
fn next_gen(tree: &Tree) {
    let mut stack = vec![tree];
    while let Some(tree) = stack.pop() {
        yield_!(tree.value);
        stack.extend(&tree.children);
    }
}

#[allow(warnings, reason = "reported for `ours`")]
fn async_stream(tree: &Tree) -> impl futures_core::Stream<Item = u64> {
    async_stream::stream! {
        let mut stack = vec![tree];
        while let Some(tree) = stack.pop() {
            yield tree.value;
            stack.extend(&tree.children);
        }
}
}

variants! { "tree, by a stack", |input|
    Ours: iter(ours(&input.tree));
    ByHand: iter(ByHand { stack: vec![&input.tree], last: None });
    Rustc: coroutine(rustc(&input.tree));
    GenawaiterRc: iter(peers::genawaiter_rc(&input.tree));
    GenawaiterStack: iter(
        genawaiter::stack::let_gen_using!(machine, |co| peers::genawaiter_stack(co, &input.tree));
        machine.into_iter()
    );
    NextGen: iter(next_gen::mk_gen!(let machine = next_gen(&input.tree)); machine);
    AsyncStream: stream(async_stream(&input.tree));
    AsynkStrim: stream(peers::asynk_strim(&input.tree));
    Corosensei: switched(peers::corosensei(&input.tree));
    Generator: iter(peers::generator(&input.tree));
}
