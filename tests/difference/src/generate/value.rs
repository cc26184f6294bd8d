//! Expressions.

use super::{Access, Generator};
use crate::program::Machine;
use crate::tree::{Kind, Node};
use crate::types::Type;

impl Generator {
    /// An expression of a type.
    pub(super) fn expression(&mut self, ty: Type, depth: usize) -> Node {
        self.size = self.size.saturating_sub(1);
        if ty == self.resume && self.may_suspend() && self.random.chance(30) {
            return self.suspension(depth);
        }
        if depth == 0 || self.size == 0 {
            return self.leaf(ty);
        }
        let depth = depth - 1;
        // What every type has.
        if !ty.borrows() && self.random.chance(20) {
            return match self.random.below(14) {
                11 | 12 => self.choice_that_leaves(ty, depth),
                0..=3 => self.block(ty, depth),
                4 | 5 => self.choice(ty, depth),
                6 | 7 => self.matching(ty, depth),
                8 => self.loop_with_value(ty, depth),
                9 => self.labelled_block(ty, depth),
                10 => {
                    let value = self.expression(ty, depth);
                    expr!(ty; format!("pass::<{}>(", ty.name()), value, ")")
                }
                _ if ty.is_coerced_to() => self.block(ty, depth),
                _ => self.parts_of_literal(ty, depth),
            };
        }
        self.special(ty, depth).unwrap_or_else(|| self.leaf(ty))
    }

    pub(super) fn may_suspend(&self) -> bool {
        self.budget > 0 && self.closed == 0
    }

    /// `yield_!(..)`, or an `.await`, of the type of resume arguments.
    pub(super) fn suspension(&mut self, depth: usize) -> Node {
        self.budget -= 1;
        let value = self.expression(self.yields, depth.saturating_sub(1).min(2));
        if self.machine == Machine::Polled {
            return expr!(self.resume; format!("give::<{}>(", self.resume.name()), value, ").await");
        }
        expr!(self.resume; "yield_!(", value, ")")
    }

    /// What is simplest: a local or a new value.
    pub(super) fn leaf(&mut self, ty: Type) -> Node {
        let access = match ty {
            Type::Ref => return self.reference(),
            Type::RefMut => return self.unique_reference(),
            Type::RefDuo => return self.reference_to(Type::RefDuo, Type::Duo),
            Type::RefVec => return self.reference_to(Type::RefVec, Type::Vec),
            Type::RefShape => return self.reference_to(Type::RefShape, Type::Shape),
            Type::RefAny => return self.reference_to(Type::RefAny, Type::Noisy),
            Type::Guard => {
                let place = if self.temporaries {
                    None
                } else {
                    self.place(Type::Noisy, Access::Shared)
                };
                let Some((place, found)) = place else {
                    let value = self.reference();
                    return expr!(ty; "lock(", value, ")");
                };
                self.borrow(found.local, false);
                return expr!(ty; "lock(&", place, ")");
            }
            _ => Access::Move,
        };
        if self.random.chance(if ty.is_copy() { 60 } else { 75 })
            && let Some((place, _)) = self.place(ty, access)
        {
            return place;
        }
        let label = self.label();
        match ty {
            Type::U32 => {
                let n = self.random.below(20);
                if self.random.chance(50) {
                    expr!(ty; format!("mk({n})"))
                } else {
                    expr!(ty; n.to_string())
                }
            }
            Type::Bool => {
                let value = self.random.chance(50);
                expr!(ty; format!("check({value})"))
            }
            Type::Noisy => expr!(ty; format!("noisy(\"{label}\")")),
            Type::Option => expr!(ty; format!("Some(noisy(\"{label}\"))")),
            Type::Any | Type::MaybeAny => self.new_box(ty),
            Type::Duo => expr!(ty; format!("duo(\"{label}\")")),
            Type::Deep => expr!(ty; format!("deep(\"{label}\")")),
            Type::Shape => {
                let n = self.random.below(4);
                expr!(ty; format!("shape({n}, \"{label}\")"))
            }
            Type::Vec => expr!(ty; format!("vec![noisy(\"{label}\"), noisy(\"{label}'\")]")),
            Type::Pair => expr!(ty; format!("(noisy(\"{label}\"), noisy(\"{label}'\"))")),
            _ => ty.default(),
        }
    }

    /// A shared reference to a local or a part of it.
    pub(super) fn reference(&mut self) -> Node {
        if self.random.chance(25)
            && let Some((place, found)) = self.place(Type::Ref, Access::Move)
        {
            let origins = self.scope.locals[found.local].origins.clone();
            self.origins.extend(origins);
            return place;
        }
        if let Some((place, found)) = self.place(Type::Noisy, Access::Shared) {
            self.borrow(found.local, false);
            return expr!(Type::Ref; "&", place);
        }
        let label = self.label();
        expr!(Type::Ref; format!("&noisy(\"{label}\")"))
    }

    fn unique_reference(&mut self) -> Node {
        if let Some((place, found)) = self.place(Type::Noisy, Access::Unique) {
            self.borrow(found.local, true);
            return expr!(Type::RefMut; "&mut ", place);
        }
        let label = self.label();
        expr!(Type::RefMut; format!("&mut noisy(\"{label}\")"))
    }

    fn reference_to(&mut self, ty: Type, target: Type) -> Node {
        if let Some((place, found)) = self.place(target, Access::Shared) {
            self.borrow(found.local, false);
            return expr!(ty; "&", place);
        }
        ty.default()
    }

    /// Notes that the reference being generated borrows from a local, or from what that borrows.
    pub(super) fn borrow(&mut self, local: usize, unique: bool) {
        self.origins.push((local, unique));
        let further = self.scope.locals[local].origins.clone();
        self.origins.extend(further);
    }

    /// What only this type has; `None` if that is not possible here.
    fn special(&mut self, ty: Type, depth: usize) -> Option<Node> {
        match ty {
            Type::U32 => self.number(depth),
            Type::Bool => self.condition(depth),
            Type::Unit => Some(self.unit(depth)),
            Type::Noisy => self.noisy(depth),
            Type::Option => self.option(depth),
            Type::Pair => Some(self.pair(depth)),
            Type::Duo => Some(self.duo(depth)),
            Type::Deep => {
                let [pair, duo, option, count] =
                    self.operands([Type::Pair, Type::Duo, Type::Option, Type::U32], depth);
                Some(
                    expr!(ty; "Deep { pair: ", pair, ", duo: ", duo, ", option: ", option, ", count: ", count, " }"),
                )
            }
            Type::Shape => Some(self.shape(depth)),
            Type::Vec => {
                let [a, b] = self.operands([Type::Noisy; 2], depth);
                Some(expr!(ty; "vec![", a, ", ", b, "]"))
            }
            Type::Array => {
                let [a, b] = self.operands([Type::Noisy; 2], depth);
                Some(expr!(ty; "[", a, ", ", b, "]"))
            }
            Type::Box => {
                let value = self.expression(Type::Noisy, depth);
                Some(expr!(ty; "Box::new(", value, ")"))
            }
            Type::BoxDuo => {
                let value = self.expression(Type::Duo, depth);
                Some(expr!(ty; "Box::new(", value, ")"))
            }
            Type::Result => Some(self.result(depth)),
            Type::String => Some(self.string(depth)),
            Type::Money => {
                let [a, b] = self.operands([Type::U32; 2], depth);
                Some(match self.random.below(3) {
                    0 => expr!(ty; "Money(", a, ") + Money(", b, ")"),
                    1 => expr!(ty; "-(Money(", a, ") + Money(", b, "))"),
                    _ => expr!(ty; "Money(", a, ") + -Money(", b, ")"),
                })
            }
            Type::Table => {
                let [a, name] = self.operands([Type::U32, Type::Noisy], depth);
                Some(expr!(ty; "Table { cells: [1, ", a, ", 2], name: ", name, " }"))
            }
            Type::Numbers => {
                let [a, b, c] = self.operands([Type::U32; 3], depth);
                Some(expr!(ty; "[", a, ", ", b, ", ", c, "]"))
            }
            Type::Guard => {
                let value = self.expression(Type::Ref, depth);
                Some(if self.random.chance(20) {
                    expr!(ty; "lock(", value, ").again()")
                } else {
                    expr!(ty; "lock(", value, ")")
                })
            }
            Type::Boxed => {
                let closure = self.closure(true, depth);
                Some(expr!(ty; "Box::new(", closure, ")"))
            }
            Type::OptionRef => Some(self.option_of_reference(depth)),
            Type::Any => Some(self.boxed(depth)),
            Type::MaybeAny => Some(self.maybe_boxed(depth)),
            Type::RefAny => Some(self.reference_to_any(depth)),
            Type::Ref if self.temporaries => self.computed_reference(depth),
            _ => None,
        }
    }

    fn computed_reference(&mut self, depth: usize) -> Option<Node> {
        Some(match self.random.below(7) {
            5 => {
                let guard = self.expression(Type::Guard, depth);
                expr!(Type::Ref; "&*", guard)
            }
            6 => {
                let option = self.expression(Type::OptionRef, depth);
                let other = self.expression(Type::Ref, depth);
                expr!(Type::Ref; option, ".unwrap_or(", other, ")")
            }
            0 => {
                let [a, b] = self.operands([Type::Ref; 2], depth);
                expr!(Type::Ref; "longer(", a, ", ", b, ")")
            }
            1 => {
                let [duo, n] = self.operands([Type::RefDuo, Type::U32], depth);
                expr!(Type::Ref; "(", duo, ").pick(", n, ")")
            }
            2 => {
                let value = self.expression(Type::Noisy, depth);
                expr!(Type::Ref; "&", value)
            }
            3 => {
                let (place, found) = self.place(Type::Vec, Access::Shared)?;
                self.borrow(found.local, false);
                let n = self.expression(Type::U32, depth);
                let other = expr!(Type::Ref; "&noisy(\"none\")");
                expr!(Type::Ref; place, ".get((", n, ") as usize).unwrap_or(", other, ")")
            }
            _ => {
                let value = self.expression(Type::Duo, depth);
                expr!(Type::Ref; "&", receiver(value), ".b")
            }
        })
    }

    fn option_of_reference(&mut self, depth: usize) -> Node {
        let ty = Type::OptionRef;
        let (from, method) = match self.random.below(3) {
            0 => (Type::Vec, ".first()"),
            1 => (Type::Vec, ".iter().last()"),
            _ => (Type::Option, ".as_ref()"),
        };
        if let Some((place, found)) = self.place(from, Access::Shared) {
            self.borrow(found.local, false);
            return expr!(ty; receiver(place), method);
        }
        let value = self.expression(Type::Ref, depth);
        expr!(ty; "Some(", value, ")")
    }

    fn number(&mut self, depth: usize) -> Option<Node> {
        match self.random.below(6) {
            0 | 3 => self.number_of_numbers(depth),
            2 => Some(self.number_of_any(depth)),
            1 | 4 => Some(self.number_of_values(depth)),
            _ => self.number_of_places(depth),
        }
    }

    /// A number made of numbers.
    fn number_of_numbers(&mut self, depth: usize) -> Option<Node> {
        let ty = Type::U32;
        Some(match self.random.below(13) {
            12 => {
                let [a, b, c] = self.operands([ty; 3], depth);
                expr!(ty; "(", a, ").mixed(", b, ", ", c, ")")
            }
            0 => {
                let [a, b] = self.operands([ty; 2], depth);
                expr!(ty; "(|a, b| three(a, b, 1))(", a, ", ", b, ")")
            }
            1 => {
                let [a, b] = self.operands([ty; 2], depth);
                expr!(ty; "{ let mut sum = ", a, "; sum ^= ", b, "; sum }")
            }
            2 => {
                let [a, b, c] = self.operands([ty; 3], depth);
                expr!(ty; "three(", a, ", ", b, ", ", c, ")")
            }
            3 => {
                let [a, b] = self.operands([ty; 2], depth);
                let operator = *self.random.pick(&["^", "|", "&"])?;
                expr!(ty; "(", a, format!(" {operator} "), b, ")")
            }
            4 => {
                let [a, b] = self.operands([ty; 2], depth);
                expr!(ty; "(", a, " % 50 + ", b, " % 50)")
            }
            5 => {
                let value = self.expression(Type::Bool, depth);
                expr!(ty; "u32::from(", value, ")")
            }
            6 => {
                let a = self.expression(ty, depth);
                expr!(ty; "(", a, " as u8 as u32)")
            }
            7 => {
                let a = self.expression(ty, depth);
                expr!(ty; "(!", a, " & 0x7f)")
            }
            8 => {
                let value = self.expression(Type::Money, depth);
                expr!(ty; "(", value, ").0")
            }
            9 => {
                let [a, b] = self.operands([ty; 2], depth);
                expr!(ty; "*larger(&", a, ", &", b, ")")
            }
            10 => {
                let condition = self.expression(Type::Bool, depth);
                expr!(ty; "fail_if(", condition, " && check(false))")
            }
            _ => {
                let [a, b] = self.operands([ty; 2], depth);
                expr!(ty; "(((", a, " % 9)..(", b, " % 9)).count() as u32)")
            }
        })
    }

    /// A number made of values that drop.
    fn number_of_values(&mut self, depth: usize) -> Node {
        let ty = Type::U32;
        match self.random.below(16) {
            15 => {
                let [value, n, m] = self.operands([Type::Duo, ty, ty], depth);
                expr!(ty; receiver(value), ".put(", n, ", ", m, ")")
            }
            0 | 1 => {
                let [guard, n] = self.operands([Type::Guard, ty], depth);
                expr!(ty; guard, ".get(", n, ")")
            }
            2 => {
                let guard = self.expression(Type::Guard, depth);
                expr!(ty; "len(&", guard, ")")
            }
            3 => {
                let [pair, n] = self.operands([Type::Pair, ty], depth);
                expr!(ty; "{ let (ref a, ref b) = ", pair, "; len(longer(a, b)) ^ ", n, " }")
            }
            4 | 5 => {
                let value = self.expression(Type::Noisy, depth);
                expr!(ty; "eat(", value, ")")
            }
            6 => {
                let value = self.expression(Type::Ref, depth);
                expr!(ty; "len(", value, ")")
            }
            7 => {
                let value = self.expression(Type::Noisy, depth);
                let value = receiver(value);
                expr!(ty; "(", value, ".consume() as u32)")
            }
            8 => {
                let [a, n] = self.operands([Type::RefMut, ty], depth);
                expr!(ty; "touch(", a, ", ", n, ")")
            }
            9 => {
                let [a, n] = self.operands([Type::Noisy, ty], depth);
                let field = self.random.below(2);
                if field == 0 {
                    expr!(ty; "(", n, ", ", a, ").0")
                } else {
                    expr!(ty; "(", a, ", ", n, ").1")
                }
            }
            10 => {
                let [table, index] = self.operands([Type::Table, ty], depth);
                expr!(ty; receiver(table), "[", index, "]")
            }
            11 => {
                let option = self.expression(Type::Option, depth);
                let n = self.expression(ty, depth);
                expr!(ty; receiver(option), ".map_or(", n, ", eat)")
            }
            12 => {
                let value = self.expression(Type::String, depth);
                expr!(ty; "(", value, ".len() as u32)")
            }
            13 => {
                let value = self.expression(Type::Duo, depth);
                let [n, m] = self.operands([ty; 2], depth);
                expr!(ty; receiver(value), ".chain(", n, ").grow(", m, ")")
            }
            _ => {
                let value = self.expression(Type::Result, depth);
                expr!(ty; receiver(value), ".unwrap_or_else(eat)")
            }
        }
    }

    /// A number made of locals, closures and other generators.
    fn number_of_places(&mut self, depth: usize) -> Option<Node> {
        let ty = Type::U32;
        Some(match self.random.below(13) {
            0 => {
                let (place, _) = self.place(Type::Boxed, Access::Move)?;
                expr!(ty; place, "()")
            }
            1 => self.method("sum", Access::Shared, depth),
            2 => self.method("grow", Access::Unique, depth),
            3 => {
                let (place, found) = self.place(Type::Numbers, Access::Shared)?;
                self.scope.lock(&[(found.local, false)]);
                let index = self.expression(ty, depth);
                self.scope.unlock(&[(found.local, false)]);
                expr!(ty; place, "[(", index, " % 3) as usize]")
            }
            4 => {
                let (place, found) = self.place(Type::Table, Access::Shared)?;
                self.scope.lock(&[(found.local, false)]);
                let index = self.expression(ty, depth);
                self.scope.unlock(&[(found.local, false)]);
                expr!(ty; receiver(place), "[", index, "]")
            }
            5 => {
                let (place, _) = self.place(Type::Vec, Access::Shared)?;
                expr!(ty; "(", place, ".len() as u32)")
            }
            6 => {
                let callee = self.callee()?;
                expr!(ty; callee, "()")
            }
            7 => {
                let start = self.origins.len();
                let closure = self.closure(false, depth);
                self.origins.truncate(start);
                expr!(ty; "(", closure, ")()")
            }
            8 => {
                let start = self.origins.len();
                let closure = self.closure(true, depth);
                self.origins.truncate(start);
                expr!(ty; "apply(", closure, ")")
            }
            9 => {
                let (place, _) = self.place(ty, Access::Unique)?;
                let value = self.expression(ty, depth);
                expr!(ty; "{ ", place.clone(), " = ", value, "; ", place, " }")
            }
            10 | 11 => self.delegation(depth)?,
            _ => {
                let (place, found) = self.place(ty, Access::Unique)?;
                self.scope.lock(&[(found.local, true)]);
                let value = self.expression(ty, depth);
                self.scope.unlock(&[(found.local, true)]);
                expr!(ty; "std::mem::replace(&mut ", place, ", ", value, ")")
            }
        })
    }

    /// A method of a local `Duo`, or of a new one.
    fn method(&mut self, name: &str, access: Access, depth: usize) -> Node {
        let (value, lock) = match self.place(Type::Duo, access) {
            Some((place, found)) => (place, vec![(found.local, false)]),
            None => (self.expression(Type::Duo, depth), Vec::new()),
        };
        self.scope.lock(&lock);
        let argument = self.expression(Type::U32, depth);
        self.scope.unlock(&lock);
        let place = receiver(value);
        expr!(Type::U32; place, format!(".{name}("), argument, ")")
    }

    /// `yield_from!(..)` of another function.
    fn delegation(&mut self, depth: usize) -> Option<Node> {
        if !self.may_suspend() {
            return None;
        }
        let (name, ty) = *self.random.pick(&self.inner)?;
        self.budget -= 1;
        let [argument, first] = self.operands([ty, self.resume], depth);
        Some(if self.machine == Machine::Polled {
            expr!(Type::U32; format!("{name}("), argument, ", ", first, ").await")
        } else {
            expr!(Type::U32; format!("yield_from!({name}("), argument, "), ", first, ")")
        })
    }

    fn condition(&mut self, depth: usize) -> Option<Node> {
        let ty = Type::Bool;
        Some(match self.random.below(9) {
            0 => {
                let [a, b] = self.operands([Type::U32; 2], depth);
                let operator = *self.random.pick(&["<", ">=", "==", "!="])?;
                expr!(ty; "(", a, format!(" {operator} "), b, ")")
            }
            1 => {
                let n = self.random.below(25);
                let a = self.expression(Type::U32, depth);
                expr!(ty; "(", a, format!(" > {n})"))
            }
            2 | 3 => {
                let a = self.expression(ty, depth);
                // The right side may not run.
                let before = self.scope.clone();
                let b = self.expression(ty, depth);
                self.scope.merge(&before);
                let operator = *self.random.pick(&["&&", "||"])?;
                expr!(ty; "(", a, format!(" {operator} "), b, ")")
            }
            4 => {
                let a = self.expression(ty, depth);
                expr!(ty; "!", a)
            }
            5 => {
                let [a, b] = self.operands([Type::Ref; 2], depth);
                expr!(ty; "(", a, " == ", b, ")")
            }
            6 => {
                let a = self.expression(Type::U32, depth);
                let n = 1 + self.random.below(20);
                expr!(ty; "matches!(", a, format!(", 1..={n})"))
            }
            7 => {
                let option = self.expression(Type::Option, depth);
                expr!(ty; receiver(option), ".is_some()")
            }
            _ => {
                let a = self.expression(Type::U32, depth);
                expr!(ty; "(", a, " % 2 == 0)")
            }
        })
    }

    fn unit(&mut self, depth: usize) -> Node {
        let value = self.expression(Type::U32, depth);
        expr!(Type::Unit; "drop(", value, ")")
    }

    fn noisy(&mut self, depth: usize) -> Option<Node> {
        let ty = Type::Noisy;
        Some(match self.random.below(17) {
            0 => {
                let [a, b] = self.operands([ty; 2], depth);
                expr!(ty; "join(", a, ", ", b, ")")
            }
            1 | 2 => {
                let [a, n, b] = self.operands([ty, Type::U32, Type::Ref], depth);
                expr!(ty; "mix(", a, ", ", n, ", ", b, ")")
            }
            3 => {
                let value = self.expression(Type::Ref, depth);
                expr!(ty; "(", value, ").clone()")
            }
            4 => {
                let value = self.expression(ty, depth);
                let value = receiver(value);
                expr!(ty; value, ".and(\"+\")")
            }
            5 => {
                let value = self.expression(Type::Option, depth);
                let label = self.label();
                expr!(ty; receiver(value), format!(".unwrap_or_else(|| noisy(\"{label}\"))"))
            }
            6 => {
                let value = self.expression(Type::Box, depth);
                expr!(ty; "*", value)
            }
            7 => {
                let (place, found) = self.place(Type::Vec, Access::Unique)?;
                self.scope.touch(found.local, Access::Unique);
                let label = self.label();
                expr!(ty; place, format!(".pop().unwrap_or_else(|| noisy(\"{label}\"))"))
            }
            8 => {
                let (place, found) = self.place(ty, Access::Unique)?;
                self.scope.lock(&[(found.local, true)]);
                let value = self.expression(ty, depth);
                self.scope.unlock(&[(found.local, true)]);
                expr!(ty; "std::mem::replace(&mut ", place, ", ", value, ")")
            }
            9 if self.returns == Type::Option && self.closed == 0 => {
                let value = self.expression(Type::Option, depth);
                expr!(ty; receiver(value), "?")
            }
            10 => {
                let [duo, n] = self.operands([Type::Duo, Type::U32], depth);
                expr!(ty; receiver(duo), ".first(", n, ")")
            }
            11 => {
                let [pair] = self.operands([Type::Pair], depth);
                let field = self.random.below(2);
                expr!(ty; receiver(pair), format!(".{field}"))
            }
            12 => {
                let [duo] = self.operands([Type::Duo], depth);
                expr!(ty; receiver(duo), ".b")
            }
            13 => {
                let n = self.expression(Type::U32, depth);
                let label = self.label();
                expr!(ty; format!("noisy(format!(\"{label} {{}}\", "), n, "))")
            }
            14 => {
                let value = self.expression(Type::Array, depth);
                expr!(ty; "{ let [first, _] = ", value, "; first }")
            }
            15 => {
                let (place, _) = self.place(Type::Option, Access::Unique)?;
                let label = self.label();
                expr!(ty; place, format!(".take().unwrap_or_else(|| noisy(\"{label}\"))"))
            }
            _ => {
                let value = self.expression(Type::String, depth);
                expr!(ty; "noisy(", value, ")")
            }
        })
    }

    fn option(&mut self, depth: usize) -> Option<Node> {
        let ty = Type::Option;
        Some(match self.random.below(6) {
            0 | 1 => {
                let value = self.expression(Type::Noisy, depth);
                expr!(ty; "Some(", value, ")")
            }
            2 => {
                let n = self.expression(Type::U32, depth);
                expr!(ty; "maybe(", n, ")")
            }
            3 => {
                let (place, _) = self.place(Type::Vec, Access::Unique)?;
                expr!(ty; receiver(place), ".pop()")
            }
            4 => {
                let value = self.expression(Type::Result, depth);
                expr!(ty; receiver(value), ".err()")
            }
            _ => expr!(ty; "None::<Noisy>"),
        })
    }

    fn pair(&mut self, depth: usize) -> Node {
        let ty = Type::Pair;
        if self.random.chance(70) {
            let [a, b] = self.operands([Type::Noisy; 2], depth);
            expr!(ty; "(", a, ", ", b, ")")
        } else {
            let [duo] = self.operands([Type::Duo], depth);
            expr!(ty; receiver(duo), ".split()")
        }
    }

    fn duo(&mut self, depth: usize) -> Node {
        let ty = Type::Duo;
        match self.random.below(5) {
            4 => {
                let [value, b, n] = self.operands([ty, Type::Noisy, Type::U32], depth);
                expr!(ty; receiver(value), ".with(", b, ", ", n, ")")
            }
            0 | 1 => {
                let [a, b] = self.operands([Type::Noisy; 2], depth);
                expr!(ty; "Duo { a: ", a, ", b: ", b, " }")
            }
            2 => {
                let [b, a] = self.operands([Type::Noisy; 2], depth);
                expr!(ty; "Duo { b: ", b, ", a: ", a, " }")
            }
            _ => {
                let a = self.expression(Type::Noisy, depth);
                let place = if self.dares() {
                    self.place(ty, Access::Move).map(|(place, _)| place)
                } else {
                    None
                };
                match place {
                    Some(base) => expr!(ty; "Duo { a: ", a, ", ..", base, " }"),
                    None => expr!(ty; "Duo { a: ", a, ", b: noisy(\"b\") }"),
                }
            }
        }
    }

    fn shape(&mut self, depth: usize) -> Node {
        let ty = Type::Shape;
        match self.random.below(4) {
            0 => {
                let a = self.expression(Type::Noisy, depth);
                expr!(ty; "Shape::One(", a, ")")
            }
            1 => {
                let [a, b] = self.operands([Type::Noisy; 2], depth);
                expr!(ty; "Shape::Two(", a, ", ", b, ")")
            }
            2 => {
                let [a, n] = self.operands([Type::Noisy, Type::U32], depth);
                expr!(ty; "Shape::Named { name: ", a, ", count: ", n, " }")
            }
            _ => {
                let n = self.expression(Type::U32, depth);
                let label = self.label();
                expr!(ty; "shape(", n, format!(", \"{label}\")"))
            }
        }
    }

    fn result(&mut self, depth: usize) -> Node {
        let ty = Type::Result;
        match self.random.below(4) {
            0 => {
                let n = self.expression(Type::U32, depth);
                expr!(ty; "Ok::<u32, Noisy>(", n, ")")
            }
            1 => {
                let a = self.expression(Type::Noisy, depth);
                expr!(ty; "Err::<u32, Noisy>(", a, ")")
            }
            _ => {
                let n = self.expression(Type::U32, depth);
                expr!(ty; "fallible(", n, ")")
            }
        }
    }

    fn string(&mut self, depth: usize) -> Node {
        let ty = Type::String;
        match self.random.below(4) {
            0 => {
                let [a, b] = self.operands([Type::U32, Type::Ref], depth);
                expr!(ty; "format!(\"{} {:?}\", ", a, ", ", b, ")")
            }
            1 => {
                let a = self.expression(Type::Ref, depth);
                expr!(ty; "(", a, ").name().to_owned()")
            }
            2 => {
                let [a, b] = self.operands([Type::String; 2], depth);
                expr!(ty; "(", a, " + &", b, ")")
            }
            _ => {
                let n = self.expression(Type::U32, depth);
                expr!(ty; receiver(n), ".to_string()")
            }
        }
    }

    /// A part of a literal: what is left of it drops.
    fn parts_of_literal(&mut self, ty: Type, depth: usize) -> Node {
        let [a, b] = self.operands([Type::Noisy, ty], depth);
        expr!(ty; "(", a, ", ", b, ").1")
    }

    /// `{ .. }`.
    pub(super) fn block(&mut self, ty: Type, depth: usize) -> Node {
        let inner = self.branch(ty, depth);
        expr!(ty; "{\n", inner, "\n}")
    }

    /// Statements and a value, in a scope of their own.
    pub(super) fn branch(&mut self, ty: Type, depth: usize) -> Node {
        let count = self.random.below(3);
        self.scoped(|this| {
            let statements = this.statements(count, depth);
            let value = this.expression(ty, depth);
            let value = Self::tail(value);
            node!(Kind::Group; statements, value)
        })
    }
}

/// What a method is called on, or a field taken of.
pub(super) fn receiver(value: Node) -> Node {
    if value.text().starts_with(['*', '&', '-', '!']) {
        node!(Kind::Group; "(", value, ")")
    } else {
        value
    }
}
