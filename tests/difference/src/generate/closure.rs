//! Closures, which capture locals.

use super::{Access, Generator};
use crate::tree::Node;
use crate::types::Type;

impl Generator {
    /// A closure that returns a number; one that can be called `once` may move what it captures.
    pub(super) fn closure(&mut self, once: bool, depth: usize) -> Node {
        let moving = if once {
            !self.dares()
        } else {
            self.random.chance(25)
        };
        self.closed += 1;
        self.still += usize::from(!once);
        let size = self.scope.locals.len();
        let body = self.scoped(|this| {
            if this.random.chance(30) {
                this.block(Type::U32, depth.min(2))
            } else {
                this.expression(Type::U32, depth.min(2))
            }
        });
        self.closed -= 1;
        self.still -= usize::from(!once);
        let text = body.text();
        let words: Vec<_> = text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .collect();
        for index in 0..size {
            if !self.scope.is_visible(index)
                || !words.contains(&self.scope.locals[index].name.as_str())
            {
                continue;
            }
            let local = &self.scope.locals[index];
            if moving && !local.ty.is_copy() {
                self.scope.touch(index, Access::Move);
                self.scope.locals[index].alive = false;
            } else {
                let unique = local.mutable;
                self.borrow(index, unique);
            }
        }
        let ty = if once { Type::Once } else { Type::Call };
        expr!(ty; if moving { "move || " } else { "|| " }, body)
    }

    /// A closure in a local, to be called.
    pub(super) fn callee(&mut self) -> Option<Node> {
        if self.still == 0
            && let Some((place, _)) = self.place(Type::Once, Access::Move)
        {
            return Some(place);
        }
        let (place, _) = self.place(Type::Call, Access::Unique)?;
        Some(place)
    }
}
