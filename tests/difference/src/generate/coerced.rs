//! Values that are coerced to trait objects where they are expected: by an argument, a field, a type that is written.

use super::{Access, Generator};
use crate::tree::Node;
use crate::types::Type;

impl Generator {
    /// A box of any of the types that can be shown.
    pub(super) fn boxed(&mut self, depth: usize) -> Node {
        const TYPES: [Type; 6] = [
            Type::Noisy,
            Type::Noisy,
            Type::U32,
            Type::Duo,
            Type::Pair,
            Type::String,
        ];
        let ty = Type::Any;
        if let Some(branches) = self.branches_of(ty, depth) {
            return branches;
        }
        if self.random.chance(15) {
            let n = self.expression(Type::U32, depth);
            return expr!(ty; "any(", n, ")");
        }
        let of = TYPES[self.random.below(TYPES.len())];
        let value = self.expression(of, depth);
        expr!(ty; "Box::new(", value, ")")
    }

    /// Branches, each of which is coerced in its own way.
    fn branches_of(&mut self, ty: Type, depth: usize) -> Option<Node> {
        if depth == 0 || self.random.chance(50) {
            return None;
        }
        let depth = depth - 1;
        Some(match self.random.below(8) {
            0 => self.choice(ty, depth),
            1 => self.matching(ty, depth),
            2 => self.block(ty, depth),
            3 => self.labelled_block(ty, depth),
            _ if !self.may_suspend() => self.choice(ty, depth),
            4 => {
                let point = self.suspension(depth);
                let value = self.expression(ty, depth);
                expr!(ty; "{\n", stmt!(point, ";"), value, "\n}")
            }
            _ => {
                let condition = self.expression(Type::Bool, depth);
                let before = self.scope.clone();
                let point = self.suspension(depth);
                let yes = self.expression(ty, depth);
                let after = std::mem::replace(&mut self.scope, before);
                let no = self.expression(ty, depth);
                self.scope.merge(&after);
                expr!(ty; "if ", condition, " {\n", stmt!(point, ";"), yes, "\n} else {\n", no, "\n}")
            }
        })
    }

    /// The simplest ones, of several types.
    pub(super) fn new_box(&mut self, ty: Type) -> Node {
        let label = self.label();
        match (ty, self.random.below(4)) {
            (Type::Any, 0) => expr!(ty; "Box::new(4_u32)"),
            (Type::Any, 1) => expr!(ty; format!("Box::new(duo(\"{label}\"))")),
            (Type::Any, _) => expr!(ty; format!("Box::new(noisy(\"{label}\"))")),
            (_, 0) => expr!(ty; "None"),
            _ => expr!(ty; format!("Some(Box::new(noisy(\"{label}\")))")),
        }
    }

    pub(super) fn maybe_boxed(&mut self, depth: usize) -> Node {
        let ty = Type::MaybeAny;
        if let Some(branches) = self.branches_of(ty, depth) {
            return branches;
        }
        match self.random.below(6) {
            0 => expr!(ty; "None"),
            1 => {
                if let Some((place, _)) = self.place(ty, Access::Unique) {
                    return expr!(ty; place, ".take()");
                }
                expr!(ty; "None")
            }
            _ => {
                let value = self.boxed(depth);
                expr!(ty; "Some(", value, ")")
            }
        }
    }

    /// A reference to any of them; of branches those that borrow locals.
    pub(super) fn reference_to_any(&mut self, depth: usize) -> Node {
        const TYPES: [Type; 3] = [Type::Ref, Type::RefDuo, Type::Ref];
        let ty = Type::RefAny;
        let of = TYPES[self.random.below(TYPES.len())];
        if self.random.chance(50) {
            return self.expression(of, depth);
        }
        let condition = self.expression(Type::Bool, depth);
        let temporaries = std::mem::replace(&mut self.temporaries, false);
        let yes = self.leaf(of);
        let between = self.scoped(|this| this.statements(1, depth.min(1)));
        let no = self.leaf(Type::Ref);
        self.temporaries = temporaries;
        expr!(ty; "if ", condition, " {\n", yes, "\n} else {\n", between, no, "\n}")
    }

    /// A number made of one.
    pub(super) fn number_of_any(&mut self, depth: usize) -> Node {
        let ty = Type::U32;
        match self.random.below(7) {
            0 | 1 => {
                let [value, n] = self.operands([Type::Any, ty], depth);
                expr!(ty; "take(", value, ", ", n, ")")
            }
            2 => {
                let [n, value] = self.operands([ty, Type::MaybeAny], depth);
                expr!(ty; "take_maybe(", n, ", ", value, ")")
            }
            3 => {
                let [a, n, b] = self.operands([Type::RefAny, ty, Type::RefAny], depth);
                expr!(ty; "show(", a, ", ", n, ", ", b, ")")
            }
            4 => {
                let [a, b] = self.operands([Type::Any, Type::Any], depth);
                expr!(ty; "take_all([", a, ", ", b, "])")
            }
            5 => {
                let [a, name] = self.operands([Type::MaybeAny, Type::Noisy], depth);
                expr!(ty; "Holder { any: ", a, ", name: ", name, " }.look()")
            }
            _ => {
                let [n, a] = self.operands([ty, Type::Any], depth);
                expr!(ty; "Taker(", n, ").take(", a, ")")
            }
        }
    }
}
