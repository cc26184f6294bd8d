//! Statements.

use super::pattern::Bindings;
use super::{Access, Generator};
use crate::program::Machine;
use crate::tree::Node;
use crate::types::Type;

impl Generator {
    /// Some statements.
    pub(super) fn statements(&mut self, count: usize, depth: usize) -> Node {
        let mut statements = Vec::new();
        for _ in 0..count {
            let start = self.origins.len();
            let statement = self.statement(depth.saturating_sub(1));
            self.origins.truncate(start);
            statements.push(statement);
        }
        Node::group(statements)
    }

    fn statement(&mut self, depth: usize) -> Node {
        self.size = self.size.saturating_sub(1);
        if self.size == 0 {
            return self.effect(1);
        }
        let compound = depth > 0;
        let made = match self.random.below(40) {
            10 | 11 => Some(self.let_pattern(depth)),
            12 | 13 => self.let_reference(depth),
            14 => Some(self.let_closure(depth)),
            15 => Some(self.let_later(depth)),
            16..=19 => Some(self.effect(depth)),
            20 if self.may_suspend() => {
                let point = self.suspension(2);
                Some(stmt!(point, ";"))
            }
            21..=24 => self.assignment(depth),
            25..=27 if compound => Some(self.if_statement(depth)),
            28 | 29 if compound => self.exit_statement(depth),
            30..=32 if compound => self.loop_statement(depth),
            33 if compound => {
                let value = self.matching(Type::Unit, depth);
                Some(stmt!(value, ";"))
            }
            34 if compound => {
                let value = self.block(Type::Unit, depth);
                Some(stmt!(value, ";"))
            }
            35 | 36 => self.move_and_put_back(depth),
            37 => self.look(),
            38 => self.drop_local(),
            _ => Some(self.let_statement(depth)),
        };
        made.unwrap_or_else(|| self.effect(depth))
    }

    /// `let v = ..;`
    fn let_statement(&mut self, depth: usize) -> Node {
        let ty = self.owned();
        let value = self.expression(ty, depth);
        let annotated = self.random.chance(20);
        let name = self.declare(ty);
        let annotation = annotation(ty, annotated);
        stmt!(format!("let {name}{annotation} = "), value, ";")
    }

    /// `let (a, ref b) = ..;`
    fn let_pattern(&mut self, depth: usize) -> Node {
        const TYPES: [Type; 4] = [Type::Pair, Type::Duo, Type::Deep, Type::Array];
        let ty = TYPES[self.random.below(TYPES.len())];
        let scrutinee = self.scrutinee(ty, depth);
        let mut bindings = Bindings::default();
        let pattern = self.pattern(ty, scrutinee.mode, "", &mut bindings);
        self.bind(&bindings, scrutinee.of);
        stmt!(format!("let {pattern} = "), scrutinee.text, ";")
    }

    /// `let r = &v;`
    fn let_reference(&mut self, depth: usize) -> Option<Node> {
        const TYPES: [Type; 9] = [
            Type::Guard,
            Type::Guard,
            Type::OptionRef,
            Type::Boxed,
            Type::Ref,
            Type::Ref,
            Type::RefMut,
            Type::RefDuo,
            Type::RefVec,
        ];
        if self.machine == Machine::Movable && self.random.chance(70) {
            return None;
        }
        let ty = TYPES[self.random.below(TYPES.len())];
        let start = self.origins.len();
        self.temporaries = false;
        let value = match ty {
            // Its borrow outlives the statement.
            Type::Guard => self.leaf(ty),
            _ => self.expression(ty, depth),
        };
        self.temporaries = true;
        let origins = self.origins.split_off(start);
        let name = self.name();
        let index = self.scope.declare(name.clone(), ty, false, self.loops);
        self.scope.locals[index].origins = origins;
        let annotation = annotation(ty, false);
        Some(stmt!(format!("let {name}{annotation} = "), value, ";"))
    }

    /// `let f = || ..;`
    fn let_closure(&mut self, depth: usize) -> Node {
        let once = self.random.chance(40);
        let start = self.origins.len();
        let closure = self.closure(once, depth);
        let origins = self.origins.split_off(start);
        let name = self.name();
        let ty = if once { Type::Once } else { Type::Call };
        let index = self.scope.declare(name.clone(), ty, true, self.loops);
        self.scope.locals[index].origins = origins;
        stmt!(format!("let mut {name} = "), closure, ";")
    }

    /// `let v; ..; v = ..;`
    fn let_later(&mut self, depth: usize) -> Node {
        let ty = self.owned();
        let name = self.name();
        let index = self.scope.declare(name.clone(), ty, false, self.loops);
        self.scope.locals[index].alive = false;
        let between = self.statements(1, depth);
        // Statements in between leave locals of their own behind.
        self.scope.locals.truncate(index + 1);
        let assigned = if self.random.chance(50) {
            let value = self.expression(ty, depth);
            stmt!(format!("{name} = "), value, ";")
        } else {
            let condition = self.expression(Type::Bool, depth);
            let before = self.scope.clone();
            let yes = self.expression(ty, depth);
            let after = std::mem::replace(&mut self.scope, before);
            let no = self.expression(ty, depth);
            self.scope.merge(&after);
            stmt!(
                "if (",
                condition,
                format!(") {{ {name} = "),
                yes,
                format!("; }} else {{ {name} = "),
                no,
                "; }"
            )
        };
        self.scope.locals[index].alive = true;
        let annotation = annotation(ty, false);
        stmt!(
            format!("let {name}{annotation};\n"),
            "{\n",
            between,
            "}\n",
            assigned
        )
    }

    /// An expression for its effect.
    fn effect(&mut self, depth: usize) -> Node {
        let ty = match self.random.below(6) {
            0..=3 => Type::U32,
            4 => Type::Noisy,
            _ => self.owned(),
        };
        let value = self.expression(ty, depth);
        match self.random.below(4) {
            _ if ty.is_coerced_to() => stmt!(format!("let _: {} = ", ty.name()), value, ";"),
            0 => stmt!("let _ = ", value, ";"),
            1 => stmt!("drop(", value, ");"),
            _ => stmt!("(", value, ");"),
        }
    }

    /// Assignments of all kinds.
    fn assignment(&mut self, depth: usize) -> Option<Node> {
        Some(match self.random.below(14) {
            12 => {
                let places = self.scope.places(Type::RefMut, Access::Shared, 0);
                let place = self.random.pick(&places)?.clone();
                self.scope.touch(place.local, Access::Unique);
                let value = self.expression(Type::Noisy, depth);
                stmt!(format!("*{} = ", place.text), value, ";")
            }
            13 => {
                let value = self.expression(Type::Money, depth);
                let n = self.expression(Type::U32, depth);
                stmt!(
                    "{ let mut money = ",
                    value,
                    "; money += ",
                    n,
                    "; drop(money); }"
                )
            }
            0..=3 => self.replace(depth)?,
            4 | 5 => {
                let (place, _) = self.place(Type::U32, Access::Unique)?;
                let value = self.expression(Type::U32, depth);
                let operator = *self.random.pick(&["^=", "|=", "&="])?;
                stmt!(place, format!(" {operator} "), value, ";")
            }
            6 => {
                let (place, _) = self.place(Type::Numbers, Access::Unique)?;
                let suspends = self.dares();
                let [index, value] = self.index_and_value(suspends, depth);
                stmt!(place, "[(", index, " % 3) as usize] ^= ", value, ";")
            }
            7 => {
                let (place, _) = self.place(Type::Numbers, Access::Unique)?;
                let [index, value] = self.index_and_value(true, depth);
                stmt!(place, "[(", index, " % 3) as usize] = ", value, ";")
            }
            8 => {
                let (place, _) = self.place(Type::Table, Access::Unique)?;
                let suspends = self.dares();
                let [index, value] = self.index_and_value(suspends, depth);
                let operator = if suspends && self.random.chance(50) {
                    "^="
                } else {
                    "="
                };
                stmt!(place, "[", index, format!("] {operator} "), value, ";")
            }
            9 => {
                let (place, found) = self.place(Type::Vec, Access::Unique)?;
                self.scope.lock(&[(found.local, false)]);
                let value = self.expression(Type::Noisy, depth);
                self.scope.unlock(&[(found.local, false)]);
                stmt!(place, ".push(", value, ");")
            }
            10 => {
                let (a, one) = self.place(Type::Noisy, Access::Unique)?;
                self.scope.lock(&[(one.local, true)]);
                let other = self.place(Type::Noisy, Access::Unique);
                self.scope.unlock(&[(one.local, true)]);
                let (b, _) = other?;
                let [x, y] = self.operands([Type::Noisy; 2], depth);
                stmt!("(", a, ", ", b, ") = (", x, ", ", y, ");")
            }
            _ => {
                let (place, _) = self.place(Type::Option, Access::Unique)?;
                let value = self.expression(Type::Option, depth);
                stmt!(place, " = ", value, ";")
            }
        })
    }

    fn index_and_value(&mut self, suspends: bool, depth: usize) -> [Node; 2] {
        let budget = self.budget;
        if !suspends {
            self.budget = 0;
        }
        let value = self.expression(Type::U32, depth);
        let index = self.expression(Type::U32, depth.min(2));
        if !suspends {
            self.budget = budget;
        }
        [index, value]
    }

    /// `v = ..;` of a local that has a value, or has had one.
    fn replace(&mut self, depth: usize) -> Option<Node> {
        let candidates: Vec<_> = (0..self.scope.locals.len())
            .filter(|&index| {
                let local = &self.scope.locals[index];
                local.mutable
                    && self.scope.is_visible(index)
                    && local.locks == (0, 0)
                    && !local.ty.borrows()
            })
            .collect();
        let index = *self.random.pick(&candidates)?;
        let local = &self.scope.locals[index];
        let (name, ty) = (local.name.clone(), local.ty);
        let parts: Vec<_> = ty.fields().to_vec();
        if local.alive
            && local.gone.is_empty()
            && let Some(&(part, ty)) = self.random.pick(&parts)
            && self.random.chance(50)
        {
            let value = self.expression(ty, depth);
            self.scope.touch(index, Access::Unique);
            return Some(stmt!(format!("{name}.{part} = "), value, ";"));
        }
        let value = self.expression(ty, depth);
        self.scope.touch(index, Access::Unique);
        let local = &mut self.scope.locals[index];
        // A loop may come around to where it has no value again.
        local.alive = true;
        local.gone.clear();
        Some(stmt!(format!("{name} = "), value, ";"))
    }

    /// `eat(v); ..; v = ..;`, which a loop may do, too.
    fn move_and_put_back(&mut self, depth: usize) -> Option<Node> {
        const TYPES: [Type; 4] = [Type::Noisy, Type::Option, Type::Duo, Type::Vec];
        let ty = TYPES[self.random.below(TYPES.len())];
        let places = self.scope.places(ty, Access::Unique, 0);
        let place = self.random.pick(&places)?.clone();
        let local = &self.scope.locals[place.local];
        if local.ty.borrows() || self.still > 0 {
            return None;
        }
        let text = place.text.clone();
        self.scope.gone(&place);
        let taken = self.scope.locals.len();
        let between = self.statements(1, depth);
        let value = self.expression(ty, depth);
        self.scope.locals.truncate(taken);
        let local = &mut self.scope.locals[place.local];
        match place.part {
            Some(part) => local.gone.retain(|&gone| gone != part),
            None => local.alive = true,
        }
        let used = match (ty, self.random.below(3)) {
            (Type::Noisy, 0) => format!("eat({text});"),
            (_, 1) => format!("let _moved = {text};"),
            _ => format!("drop({text});"),
        };
        Some(stmt!(
            "{\n",
            stmt!(used),
            "\n",
            between,
            stmt!(format!("{text} = "), value, ";"),
            "}"
        ))
    }

    /// Shows a local.
    fn look(&mut self) -> Option<Node> {
        let ty = self.owned();
        let (place, _) = self.place(ty, Access::Shared)?;
        Some(stmt!("event(format!(\"{:?}\", ", place, "));"))
    }

    fn drop_local(&mut self) -> Option<Node> {
        let ty = self.owned();
        let (place, _) = self.place(ty, Access::Move)?;
        Some(stmt!("drop(", place, ");"))
    }
}

/// `: T`, where it is wanted, and where values of other types are coerced to it.
fn annotation(ty: Type, is_wanted: bool) -> String {
    if is_wanted || ty.is_coerced_to() {
        format!(": {}", ty.name())
    } else {
        String::new()
    }
}
