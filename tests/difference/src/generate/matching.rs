//! `match`, `if let` and their like.

use super::pattern::{Bindings, Mode};
use super::{Access, Generator};
use crate::tree::{Kind, Node};
use crate::types::Type;

/// What is matched on.
pub(super) struct Scrutinee {
    pub text: Node,
    pub mode: Mode,
    /// The local that it is a place of.
    pub of: Option<usize>,
}

impl Generator {
    /// Something of a type to be matched on.
    pub(super) fn scrutinee(&mut self, ty: Type, depth: usize) -> Scrutinee {
        let start = self.origins.len();
        let choice = self.random.below(10);
        let (access, mode, prefix) = match choice {
            0..=2 if self.still == 0 => (Access::Move, Mode::Value, ""),
            3 | 4 => (Access::Shared, Mode::Ref, "&"),
            5 => (Access::Unique, Mode::RefMut, "&mut "),
            _ => (Access::Move, Mode::Value, "new"),
        };
        if prefix != "new" {
            let wanted = if ty.is_copy() { Access::Shared } else { access };
            let places = self.scope.places(ty, wanted, self.move_depth);
            if let Some(place) = self.random.pick(&places).cloned() {
                self.scope.touch(place.local, access);
                // Only the whole of a local is followed into the pattern.
                if place.part.is_some() || place.text.starts_with('*') {
                    if access == Access::Move {
                        self.scope.gone(&place);
                    }
                    return Scrutinee {
                        text: expr!(ty; format!("{prefix}{}", place.text)),
                        mode,
                        of: (access != Access::Move).then_some(place.local),
                    };
                }
                return Scrutinee {
                    text: node!(Kind::Group; prefix, expr!(ty; place.text)),
                    mode,
                    of: Some(place.local),
                };
            }
        }
        let text = self.expression(ty, depth);
        self.origins.truncate(start);
        Scrutinee {
            text,
            mode: Mode::Value,
            of: None,
        }
    }

    /// `match .. { .. }` with a value.
    pub(super) fn matching(&mut self, ty: Type, depth: usize) -> Node {
        const TYPES: [Type; 9] = [
            Type::U32,
            Type::Option,
            Type::Option,
            Type::Shape,
            Type::Shape,
            Type::Result,
            Type::Pair,
            Type::Duo,
            Type::Bool,
        ];
        let of = TYPES[self.random.below(TYPES.len())];
        let scrutinee = self.scrutinee(of, depth);
        let mut arms = Vec::new();
        let start = self.scope.clone();
        let mut after: Option<_> = None;
        let count = 1 + self.random.below(3);
        for index in 0..=count {
            self.scope = start.clone();
            let last = index == count;
            let mut bindings = Bindings::default();
            let irrefutable = matches!(of, Type::Pair | Type::Duo);
            let pattern = match of {
                Type::Bool => if last { "_" } else { "true" }.to_owned(),
                _ if irrefutable => self.pattern(of, scrutinee.mode, "", &mut bindings),
                _ if last && self.random.chance(30) => {
                    self.pattern(of, scrutinee.mode, "", &mut bindings)
                }
                _ if last => "_".to_owned(),
                _ => self.refutable(of, scrutinee.mode, &mut bindings),
            };
            let guarded = !last && (irrefutable || self.random.chance(25));
            let mut leaves = false;
            let arm = self.scoped(|this| {
                // A guard sees the bindings by shared reference.
                this.bind(&bindings, scrutinee.of);
                let guard = if guarded {
                    this.guard(depth)
                } else {
                    expr!(Type::Bool; "")
                };
                let exit = if this.random.chance(15) {
                    leaves = true;
                    this.exit_branch(depth)
                } else {
                    None
                };
                let body = match exit {
                    Some(exit) => node!(Kind::Group; "{\n", exit, "}"),
                    None => {
                        leaves = false;
                        this.arm(ty, depth)
                    }
                };
                node!(Kind::Optional; pattern, guard, " => ", body, "\n")
            });
            self.scope.locals.truncate(start.locals.len());
            arms.push(arm);
            if leaves {
                continue;
            }
            match &mut after {
                None => after = Some(self.scope.clone()),
                Some(after) => after.merge(&self.scope),
            }
        }
        self.scope = after.unwrap_or(start);
        let arms = Node::group(arms);
        expr!(ty; "match (", scrutinee.text, ") {\n", arms, "}")
    }

    fn guard(&mut self, depth: usize) -> Node {
        self.still += 1;
        let budget = self.budget;
        if !self.dares() {
            self.budget = 0;
        }
        let guard = self.expression(Type::Bool, depth.min(1));
        if self.budget == 0 {
            self.budget = budget;
        }
        self.still -= 1;
        node!(Kind::Group; " if ", guard)
    }

    /// The body of an arm, with its comma.
    fn arm(&mut self, ty: Type, depth: usize) -> Node {
        if self.random.chance(60) {
            let body = self.branch(ty, depth);
            node!(Kind::Group; "{\n", body, "\n}")
        } else {
            let value = self.expression(ty, depth);
            let value = Self::tail(value);
            node!(Kind::Group; value, ",")
        }
    }

    /// What is not cut off after its first block where a statement may start.
    pub(super) fn tail(value: Node) -> Node {
        let text = value.text();
        let block_like = ["{", "if ", "match ", "loop", "'", "unsafe"];
        let starts = block_like.iter().any(|start| text.starts_with(start));
        if starts && !text.ends_with('}') {
            node!(Kind::Group; "(", value, ")")
        } else {
            node!(Kind::Group; value)
        }
    }

    /// `let P = ..` as a condition; what it binds is declared.
    pub(super) fn let_condition(&mut self, depth: usize) -> Node {
        const TYPES: [Type; 5] = [
            Type::Option,
            Type::Option,
            Type::Shape,
            Type::Result,
            Type::U32,
        ];
        let of = TYPES[self.random.below(TYPES.len())];
        let scrutinee = self.scrutinee(of, depth);
        let mut bindings = Bindings::default();
        let pattern = self.refutable(of, scrutinee.mode, &mut bindings);
        self.bind(&bindings, scrutinee.of);
        node!(Kind::Group; format!("let {pattern} = ("), scrutinee.text, ")")
    }
}
