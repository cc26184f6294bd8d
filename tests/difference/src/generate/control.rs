//! Branches, loops and labelled blocks.

use super::pattern::{Bindings, Mode};
use super::{Access, Generator, Target};
use crate::tree::{Kind, Node};
use crate::types::Type;

impl Generator {
    /// What stands between `if` and `{`; its bindings are declared.
    fn if_condition(&mut self, depth: usize) -> Node {
        if self.random.chance(60) {
            let condition = self.expression(Type::Bool, depth);
            return node!(Kind::Group; "(", condition, ")");
        }
        let first = self.let_condition(depth);
        match self.random.below(4) {
            0 => {
                let second = self.expression(Type::Bool, depth);
                node!(Kind::Group; first, " && (", second, ")")
            }
            1 => {
                let second = self.let_condition(depth);
                node!(Kind::Group; first, " && ", second)
            }
            _ => first,
        }
    }

    /// `if .. { .. } else { .. }`
    pub(super) fn choice(&mut self, ty: Type, depth: usize) -> Node {
        let outer = self.scope.locals.len();
        let condition = self.if_condition(depth);
        let mut before = self.scope.clone();
        let yes = self.branch(ty, depth);
        self.scope.locals.truncate(outer);
        before.locals.truncate(outer);
        let after = std::mem::replace(&mut self.scope, before);
        let no = self.branch(ty, depth);
        self.scope.merge(&after);
        expr!(ty; "if ", condition, " {\n", yes, "\n} else {\n", no, "\n}")
    }

    /// `if .. { ..; break .. } else { .. }`
    pub(super) fn choice_that_leaves(&mut self, ty: Type, depth: usize) -> Node {
        let outer = self.scope.locals.len();
        let condition = self.if_condition(depth);
        let mut before = self.scope.clone();
        let exit = self.exit_branch(depth);
        before.locals.truncate(outer);
        self.scope = before;
        let value = self.branch(ty, depth);
        match exit {
            Some(exit) => expr!(ty; "if ", condition, " {\n", exit, "} else {\n", value, "\n}"),
            None => expr!(ty; "{\n", value, "\n}"),
        }
    }

    /// `if .. { .. }` with statements.
    pub(super) fn if_statement(&mut self, depth: usize) -> Node {
        let outer = self.scope.locals.len();
        let condition = self.if_condition(depth);
        let mut before = self.scope.clone();
        let count = 1 + self.random.below(2);
        let yes = self.scoped(|this| this.statements(count, depth));
        self.scope.locals.truncate(outer);
        before.locals.truncate(outer);
        if self.random.chance(50) {
            self.scope.merge(&before);
            return stmt!("if ", condition, " {\n", yes, "}");
        }
        let after = std::mem::replace(&mut self.scope, before);
        let no = self.scoped(|this| this.statements(count, depth));
        self.scope.merge(&after);
        stmt!("if ", condition, " {\n", yes, "} else {\n", no, "}")
    }

    /// `if .. { ..; return ..; }`, and `let .. else`.
    pub(super) fn exit_statement(&mut self, depth: usize) -> Option<Node> {
        let outer = self.scope.locals.len();
        if self.random.chance(30) {
            let before_scope = self.scope.clone();
            let condition = self.let_condition(depth);
            let mut bound = std::mem::replace(&mut self.scope, before_scope);
            let body = self.exit_branch(depth)?;
            // What the pattern binds is there afterwards.
            std::mem::swap(&mut self.scope, &mut bound);
            return Some(stmt!(condition, " else {\n", body, "};"));
        }
        let condition = self.if_condition(depth);
        let mut before = self.scope.clone();
        let body = self.exit_branch(depth);
        before.locals.truncate(outer);
        self.scope = before;
        let body = body?;
        Some(stmt!("if ", condition, " {\n", body, "}"))
    }

    /// Statements that end by leaving.
    pub(super) fn exit_branch(&mut self, depth: usize) -> Option<Node> {
        let outer_depth = self.move_depth;
        let count = self.random.below(3);
        let choice = self.random.below(self.targets.len() + 1);
        let result = self.scoped(|this| {
            let (statements, leave) = if choice == this.targets.len() {
                if this.closed > 0 {
                    return None;
                }
                this.move_depth = 0;
                let statements = this.statements(count, depth);
                let value = this.expression(this.returns, depth);
                (statements, node!(Kind::Group; "return ", value))
            } else {
                let target = &this.targets[choice];
                let label = target.label.clone();
                if target.repeats && this.random.chance(40) {
                    let statements = this.statements(count, depth);
                    (statements, node!(Kind::Group; format!("continue {label}")))
                } else {
                    this.move_depth = target.loops;
                    let value = target.value;
                    let statements = this.statements(count, depth);
                    let leave = match value {
                        Some(ty) => {
                            let value = this.expression(ty, depth);
                            node!(Kind::Group; format!("break {label} "), value)
                        }
                        None => node!(Kind::Group; format!("break {label}")),
                    };
                    let locals = this.targets[choice].locals;
                    let mut at_break = this.scope.clone();
                    at_break.locals.truncate(locals);
                    this.targets[choice].breaks.push(at_break);
                    (statements, leave)
                }
            };
            Some(node!(Kind::Group; statements, leave, ";\n"))
        });
        self.move_depth = outer_depth;
        result
    }

    fn enter(&mut self, value: Option<Type>, repeats: bool) -> String {
        self.fresh += 1;
        let label = format!("'l{}", self.fresh);
        self.targets.push(Target {
            label: label.clone(),
            value,
            loops: self.loops,
            repeats,
            locals: self.scope.locals.len(),
            breaks: Vec::new(),
        });
        if repeats {
            self.loops += 1;
        }
        label
    }

    /// Whether one can `continue` the loop at hand.
    fn may_continue(&mut self, may: bool) {
        if let Some(target) = self.targets.last_mut() {
            target.repeats = may;
        }
    }

    fn leave(&mut self) {
        let Some(target) = self.targets.pop() else {
            return;
        };
        if target.repeats {
            self.loops -= 1;
        }
        self.scope.locals.truncate(target.locals);
        for at_break in &target.breaks {
            self.scope.merge(at_break);
        }
    }

    /// Generates the body of a loop. Nothing outside may be moved in it, unless it is left then.
    fn repeated<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.move_depth, self.loops);
        let before = self.scope.clone();
        let result = self.scoped(make);
        self.scope.merge(&before);
        self.move_depth = outer;
        result
    }

    /// `loop` as an expression.
    pub(super) fn loop_with_value(&mut self, ty: Type, depth: usize) -> Node {
        if self.loops >= 2 || self.random.chance(40) {
            let label = self.enter(Some(ty), false);
            let count = 1 + self.random.below(2);
            let body = self.scoped(|this| {
                let statements = this.statements(count, depth);
                let value = this.expression(ty, depth);
                node!(Kind::Group; statements, format!("break {label} "), value)
            });
            self.leave();
            return expr!(ty; format!("{label}: loop {{\n"), body, ";\n}");
        }
        self.fresh += 1;
        let counter = format!("i{}", self.fresh);
        let label = self.enter(Some(ty), true);
        let body = self.repeated(|this| {
            let first = this.statements(1, depth);
            this.move_depth = this.loops - 1;
            let before = this.scope.clone();
            let value = this.expression(ty, depth);
            this.move_depth = this.loops;
            let mut at_break = std::mem::replace(&mut this.scope, before);
            if let Some(target) = this.targets.last_mut() {
                at_break.locals.truncate(target.locals);
                target.breaks.push(at_break);
            }
            let rest = this.statements(1, depth);
            node!(Kind::Group; first, format!("if {counter} > 2 {{ break {label} "), value, ";\n}\n", rest)
        });
        self.leave();
        expr!(ty; format!("{{\nlet mut {counter} = 0;\n{label}: loop {{\n{counter} += 1;\nassert!({counter} < 6);\n"), body, "}\n}")
    }

    /// `'label: { .. }` as an expression.
    pub(super) fn labelled_block(&mut self, ty: Type, depth: usize) -> Node {
        let label = self.enter(Some(ty), false);
        let body = self.scoped(|this| {
            let exit = this.exit_statement(depth);
            let exit = exit.unwrap_or_else(|| stmt!(""));
            let value = this.expression(ty, depth);
            let value = Self::tail(value);
            node!(Kind::Group; exit, value)
        });
        self.leave();
        expr!(ty; format!("{label}: {{\n"), body, "\n}")
    }

    /// A loop as a statement.
    pub(super) fn loop_statement(&mut self, depth: usize) -> Option<Node> {
        if self.loops >= 2 {
            return None;
        }
        let count = 1 + self.random.below(3);
        Some(match self.random.below(9) {
            0 => {
                let end = self.expression(Type::U32, depth);
                let label = self.enter(None, true);
                let body = self.repeated(|this| {
                    let name = this.declare(Type::U32);
                    let body = this.statements(count, depth);
                    node!(Kind::Group; format!("{label}: for {name} in 0..("), end, " % 4) {\n", body, "}")
                });
                self.leave();
                stmt!(body)
            }
            1 | 2 => self.for_by_value(count, depth),
            3 | 4 => {
                let unique = self.random.chance(40);
                let access = if unique {
                    Access::Unique
                } else {
                    Access::Shared
                };
                let (place, found) = self.place(Type::Vec, access)?;
                let lock = [(found.local, unique)];
                self.scope.lock(&lock);
                let label = self.enter(None, true);
                let body = self.repeated(|this| {
                    let ty = if unique { Type::RefMut } else { Type::Ref };
                    let name = this.declare(ty);
                    let method = if unique { "iter_mut" } else { "iter" };
                    let body = this.statements(count, depth);
                    node!(Kind::Group; format!("{label}: for {name} in "), place, format!(".{method}() {{\n"), body, "}")
                });
                self.leave();
                self.scope.unlock(&lock);
                stmt!(body)
            }
            5 => {
                let (place, found) = self.place(Type::Vec, Access::Unique)?;
                let lock = [(found.local, true)];
                self.scope.lock(&lock);
                let label = self.enter(None, true);
                let body = self.repeated(|this| {
                    let mut bindings = Bindings::default();
                    let pattern = this.pattern(Type::Noisy, Mode::Value, "", &mut bindings);
                    this.bind(&bindings, None);
                    let body = this.statements(count, depth);
                    node!(Kind::Group; format!("{label}: while let Some({pattern}) = "), place, ".pop() {\n", body, "}")
                });
                self.leave();
                self.scope.unlock(&lock);
                stmt!(body)
            }
            6 => {
                self.fresh += 1;
                let counter = format!("i{}", self.fresh);
                let label = self.enter(None, true);
                let body = self.repeated(|this| {
                    // To go on from there would be to come back there.
                    this.may_continue(false);
                    let condition = this.expression(Type::Bool, depth);
                    this.may_continue(true);
                    let body = this.statements(count, depth);
                    node!(Kind::Group; format!("let mut {counter} = 0;\n{label}: while {counter} < 3 && ("), condition, format!(") {{\n{counter} += 1;\n"), body, "}")
                });
                self.leave();
                stmt!(body)
            }
            _ => {
                self.fresh += 1;
                let counter = format!("i{}", self.fresh);
                let label = self.enter(None, true);
                let body = self.repeated(|this| {
                    let body = this.statements(count, depth);
                    node!(Kind::Group; format!("let mut {counter} = 0;\n{label}: loop {{\n{counter} += 1;\nif {counter} > 2 {{ break {label}; }}\n"), body, "}")
                });
                self.leave();
                stmt!(body)
            }
        })
    }

    /// A loop over what borrows a temporary.
    fn for_names_of(&mut self, guard: &Node, count: usize, depth: usize) -> Node {
        let label = self.enter(None, true);
        let body = self.repeated(|this| {
            let name = this.declare(Type::Ref);
            let body = this.statements(count, depth);
            node!(Kind::Group; format!("{label}: for {name} in "), guard.clone(), ".names() {\n", body, "}")
        });
        self.leave();
        stmt!(body)
    }

    fn for_by_value(&mut self, count: usize, depth: usize) -> Node {
        let (item, iterator, suffix) = match self.random.below(6) {
            5 => {
                let [guard] = self.operands([Type::Guard], depth);
                return self.for_names_of(&guard, count, depth);
            }
            0 | 1 => (Type::Noisy, self.expression(Type::Vec, depth), ""),
            2 => {
                let list = self.expression(Type::Vec, depth);
                (Type::Noisy, list, ".into_iter().rev()")
            }
            3 => {
                let [a, b] = self.operands([Type::Pair; 2], depth);
                (Type::Pair, node!(Kind::Group; "[", a, ", ", b, "]"), "")
            }
            _ => {
                let [a, b] = self.operands([Type::Duo; 2], depth);
                (Type::Duo, node!(Kind::Group; "[", a, ", ", b, "]"), "")
            }
        };
        let label = self.enter(None, true);
        let body = self.repeated(|this| {
            let mut bindings = Bindings::default();
            let pattern = this.pattern(item, Mode::Value, "", &mut bindings);
            if pattern.contains("ref ") && !this.dares() {
                bindings = Bindings::default();
            }
            let pattern = if bindings.locals.is_empty() { "_".to_owned() } else { pattern };
            this.bind(&bindings, None);
            let body = this.statements(count, depth);
            node!(Kind::Group; format!("{label}: for {pattern} in ("), iterator, format!("){suffix} {{\n"), body, "}")
        });
        self.leave();
        stmt!(body)
    }
}
