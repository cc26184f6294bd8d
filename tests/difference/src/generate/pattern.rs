//! Patterns.

use super::{Access, Generator};
use crate::types::Type;

/// How the value that a pattern is for is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A value that is taken apart, or moved.
    Value,
    /// A value behind a shared reference.
    Ref,
    /// A value behind a unique reference.
    RefMut,
}

/// A local that a pattern binds.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub name: String,
    pub ty: Type,
    pub mutable: bool,
    /// Whether it borrows from the value.
    pub borrows: bool,
}

/// What a pattern binds.
#[derive(Debug, Default)]
pub(super) struct Bindings {
    pub locals: Vec<Binding>,
    /// The parts that move out, each as a path from the value.
    pub moves: Vec<&'static str>,
}

impl Generator {
    /// A pattern that every value of a type matches.
    pub(super) fn pattern(
        &mut self,
        ty: Type,
        mode: Mode,
        part: &'static str,
        bindings: &mut Bindings,
    ) -> String {
        let whole = self.random.chance(35);
        match ty {
            Type::Pair if !whole => {
                let parts = if part == "pair" {
                    ["pair.0", "pair.1"]
                } else {
                    ["0", "1"]
                };
                let first = self.pattern(Type::Noisy, mode, parts[0], bindings);
                match self.random.below(4) {
                    0 => format!("({first}, ..)"),
                    1 => format!("(.., {first})"),
                    _ => {
                        let second = self.pattern(Type::Noisy, mode, parts[1], bindings);
                        format!("({first}, {second})")
                    }
                }
            }
            Type::Duo if !whole => {
                let parts = if part == "duo" {
                    ["duo.a", "duo.b"]
                } else {
                    ["a", "b"]
                };
                let a = self.pattern(Type::Noisy, mode, parts[0], bindings);
                match self.random.below(3) {
                    0 => format!("Duo {{ a: {a}, .. }}"),
                    1 => {
                        let b = self.pattern(Type::Noisy, mode, parts[1], bindings);
                        format!("Duo {{ b: {b}, a: {a} }}")
                    }
                    _ => {
                        let b = self.pattern(Type::Noisy, mode, parts[1], bindings);
                        format!("Duo {{ a: {a}, b: {b} }}")
                    }
                }
            }
            Type::Deep if !whole => {
                let pair = self.pattern(Type::Pair, mode, "pair", bindings);
                let duo = self.pattern(Type::Duo, mode, "duo", bindings);
                if self.random.chance(50) {
                    format!("Deep {{ pair: {pair}, duo: {duo}, .. }}")
                } else {
                    let count = self.pattern(Type::U32, mode, "count", bindings);
                    format!("Deep {{ duo: {duo}, pair: {pair}, count: {count}, option: _ }}")
                }
            }
            Type::Array if !whole => {
                let first = self.pattern(Type::Noisy, mode, "", bindings);
                if self.random.chance(30) {
                    format!("[{first}, ..]")
                } else {
                    let second = self.pattern(Type::Noisy, mode, "", bindings);
                    format!("[{first}, {second}]")
                }
            }
            _ => self.binding(ty, mode, part, bindings),
        }
    }

    fn binding(
        &mut self,
        ty: Type,
        mode: Mode,
        part: &'static str,
        bindings: &mut Bindings,
    ) -> String {
        let referred = match (mode, ty) {
            (Mode::Value, _) => Some(ty),
            (Mode::Ref, Type::Noisy) => Some(Type::Ref),
            (Mode::Ref, Type::Duo) => Some(Type::RefDuo),
            (Mode::Ref, Type::Vec) => Some(Type::RefVec),
            (Mode::Ref, Type::Shape) => Some(Type::RefShape),
            (Mode::RefMut, Type::Noisy) => Some(Type::RefMut),
            _ => None,
        };
        let Some(mut bound) = referred else {
            return "_".to_owned();
        };
        let name = loop {
            let name = self.name();
            if bindings.locals.iter().all(|local| local.name != name) {
                break name;
            }
        };
        let mut borrows = mode != Mode::Value;
        let mut mutable = false;
        let text = match self.random.below(10) {
            0 | 1 => return "_".to_owned(),
            2 if mode == Mode::Value && ty == Type::Noisy => {
                borrows = true;
                bound = Type::Ref;
                format!("ref {name}")
            }
            3 | 4 if mode == Mode::Value => {
                mutable = true;
                format!("mut {name}")
            }
            5 => format!("{name} @ _"),
            _ => name.clone(),
        };
        if !borrows && !ty.is_copy() {
            bindings.moves.push(part);
        }
        bindings.locals.push(Binding {
            name,
            ty: bound,
            mutable,
            borrows,
        });
        text
    }

    /// A pattern that some values of a type match: an option, a result, a shape or a number.
    pub(super) fn refutable(&mut self, ty: Type, mode: Mode, bindings: &mut Bindings) -> String {
        let noisy = |this: &mut Self, bindings: &mut Bindings| {
            this.pattern(Type::Noisy, mode, "", bindings)
        };
        match ty {
            Type::Option => format!("Some({})", noisy(self, bindings)),
            Type::Result if self.random.chance(50) => format!("Err({})", noisy(self, bindings)),
            Type::Result => format!("Ok({})", self.pattern(Type::U32, mode, "", bindings)),
            Type::Shape => match self.random.below(5) {
                0 => format!("Shape::One({})", noisy(self, bindings)),
                1 | 2 => {
                    let first = noisy(self, bindings);
                    if self.random.chance(70) {
                        format!("Shape::Two({first}, {})", noisy(self, bindings))
                    } else {
                        format!("Shape::Two({first}, ..)")
                    }
                }
                3 => format!("Shape::Named {{ name: {}, .. }}", noisy(self, bindings)),
                _ => {
                    let name = self.binding(Type::Noisy, mode, "", bindings);
                    format!("(Shape::One({name}) | Shape::Named {{ name: {name}, .. }})")
                }
            },
            _ => {
                let low = self.random.below(12);
                match self.random.below(4) {
                    0 => low.to_string(),
                    1 => format!("({low}..={})", low + 6),
                    2 => format!("(1 | {})", low + 5),
                    _ if mode == Mode::Value => {
                        let name = self.name();
                        bindings.locals.push(Binding {
                            name: name.clone(),
                            ty: Type::U32,
                            mutable: false,
                            borrows: false,
                        });
                        format!("{name} @ ({low} | {}..)", low + 4)
                    }
                    _ => format!("{low}.."),
                }
            }
        }
    }

    /// Declares what a pattern binds; `of` is the local that the value is, or is a part of.
    pub(super) fn bind(&mut self, bindings: &Bindings, of: Option<usize>) {
        if let Some(of) = of {
            for &part in &bindings.moves {
                if self.scope.locals[of]
                    .ty
                    .fields()
                    .iter()
                    .any(|&(field, _)| field == part)
                {
                    self.scope.locals[of].gone.push(part);
                    self.scope.touch(of, Access::Move);
                } else {
                    self.scope.touch(of, Access::Move);
                    self.scope.locals[of].alive = false;
                }
            }
        }
        for local in &bindings.locals {
            let index = self
                .scope
                .declare(local.name.clone(), local.ty, local.mutable, self.loops);
            if local.borrows
                && let Some(of) = of
            {
                self.scope.locals[index].origins = vec![(of, local.ty == Type::RefMut)];
            }
        }
    }
}
