//! A walk through a tree by recursion, in boxes.

use handcrank::{generator, yield_, yield_from};
use std::ops::{Coroutine, CoroutineState};
use std::pin::Pin;

/// A tree.
#[derive(Debug)]
pub struct Tree {
    /// What it holds.
    pub value: u64,
    /// What is below it.
    pub children: Vec<Tree>,
}

impl Tree {
    /// A tree that is so deep.
    pub fn random(next: &mut impl FnMut() -> u64, depth: u32) -> Tree {
        let count = if depth == 0 { 0 } else { 1 + next() % 2 + u64::from(depth > 10) };
        Tree { value: next(), children: (0..count).map(|_| Tree::random(next, depth - 1)).collect() }
    }
}

#[generator]
fn ours(tree: &Tree) -> Box<dyn Iterator<Item = u64> + '_> {
    yield_!(tree.value);
    for child in &tree.children {
        yield_from!(ours(child));
    }
}

struct ByHand<'a> {
    value: Option<u64>,
    children: std::slice::Iter<'a, Tree>,
    inner: Option<Box<ByHand<'a>>>,
}

impl<'a> ByHand<'a> {
    fn new(tree: &'a Tree) -> Box<Self> {
        Box::new(ByHand { value: Some(tree.value), children: tree.children.iter(), inner: None })
    }
}

impl Iterator for ByHand<'_> {
    type Item = u64;
    #[inline]
    fn next(&mut self) -> Option<u64> {
        if let Some(value) = self.value.take() {
            return Some(value);
        }
        loop {
            if let Some(inner) = &mut self.inner {
                if let Some(value) = inner.next() {
                    return Some(value);
                }
                self.inner = None;
            }
            self.inner = Some(ByHand::new(self.children.next()?));
        }
    }
}

fn rustc(tree: &Tree) -> Pin<Box<dyn Coroutine<Yield = u64, Return = ()> + '_>> {
    Box::pin(
        #[coroutine]
        move || {
            yield tree.value;
            for child in &tree.children {
                let mut inner = rustc(child);
                while let CoroutineState::Yielded(value) = inner.as_mut().resume(()) {
                    yield value;
                }
            }
        },
    )
}

fn std(tree: &Tree) -> Box<dyn Iterator<Item = u64> + '_> {
    Box::new(std::iter::once(tree.value).chain(tree.children.iter().flat_map(std)))
}

#[allow(warnings, reason = "reported for `ours`")]
mod peers {
    use super::*;
    use corosensei::{ScopedCoroutine, Yielder};

    /// A recursive function yields from any depth.
    pub fn corosensei<'t>(tree: &'t Tree) -> crate::drive::OnStack<'t> {
        fn walk(tree: &Tree, yielder: &Yielder<(), u64>) {
            yielder.suspend(tree.value);
            for child in &tree.children {
                walk(child, yielder);
            }
        }
        ScopedCoroutine::new(move |yielder: &Yielder<(), u64>, ()| walk(tree, yielder))
    }

    pub fn generator<'t>(tree: &'t Tree) -> impl Iterator<Item = u64> + 't {
        fn walk(tree: &Tree, scope: &mut generator::Scope<'_, '_, (), u64>) {
            // SAFETY: what is borrowed outlives the machine, which is never forgotten.
            unsafe { scope.yield_unsafe(tree.value) };
            for child in &tree.children {
                walk(child, scope);
            }
        }
        generator::Gn::new_scoped(move |mut scope: generator::Scope<'_, 't, (), u64>| {
            walk(tree, &mut scope);
            generator::done!()
        })
    }

    pub fn genawaiter_rc(tree: &Tree) -> Box<dyn Iterator<Item = u64> + '_> {
        Box::new(
            genawaiter::rc::Gen::new(move |co| async move {
                co.yield_(tree.value).await;
                for child in &tree.children {
                    for value in genawaiter_rc(child) {
                        co.yield_(value).await;
                    }
                }
            })
            .into_iter(),
        )
    }
}

variants! { "tree, boxed", |input|
    Ours: iter(ours(&input.tree));
    ByHand: iter(ByHand::new(&input.tree));
    Rustc: coroutine(rustc(&input.tree));
    Std: iter(std(&input.tree));
    GenawaiterRc: iter(peers::genawaiter_rc(&input.tree));
    Corosensei: switched(peers::corosensei(&input.tree));
    Generator: iter(peers::generator(&input.tree));
}
