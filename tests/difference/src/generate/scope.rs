//! What is known of the locals at a point of a program: which are alive, moved or borrowed. It need not be
//! exact. What rustc refuses is simplified.

use crate::types::Type;

/// What a use does to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Shared,
    Unique,
    Move,
}

/// A local variable.
#[derive(Clone, Debug)]
pub struct Local {
    pub name: String,
    pub ty: Type,
    pub mutable: bool,
    /// Whether it certainly has a value, apart from `gone`, that may be used.
    pub alive: bool,
    /// The parts that have been moved out.
    pub gone: Vec<&'static str>,
    /// The locals that it borrows from, and whether uniquely.
    pub origins: Vec<(usize, bool)>,
    /// How many loops it is in.
    pub loops: usize,
    /// How many operands before the current one borrow it, and how many uniquely.
    pub locks: (usize, usize),
}

/// A place expression.
#[derive(Clone, Debug)]
pub struct Place {
    pub local: usize,
    pub text: String,
    /// The part of the local, or `None` for all of it.
    pub part: Option<&'static str>,
}

/// The locals in scope, those of inner scopes last.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub locals: Vec<Local>,
}

fn overlap(a: &str, b: &str) -> bool {
    let inside = |a: &str, b: &str| {
        a.strip_prefix(b)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    inside(a, b) || inside(b, a)
}

impl Scope {
    /// Brings a local into scope.
    pub fn declare(&mut self, name: String, ty: Type, mutable: bool, loops: usize) -> usize {
        self.locals.push(Local {
            name,
            ty,
            mutable,
            alive: true,
            gone: Vec::new(),
            origins: Vec::new(),
            loops,
            locks: (0, 0),
        });
        self.locals.len() - 1
    }

    pub fn is_visible(&self, index: usize) -> bool {
        let name = &self.locals[index].name;
        !self.locals[index + 1..]
            .iter()
            .any(|later| later.name == *name)
    }

    fn admits(&self, index: usize, access: Access, move_depth: usize) -> bool {
        let local = &self.locals[index];
        // What has a destructor uses what it borrows until the end of its scope.
        let lent = self.locals.iter().any(|other| {
            matches!(other.ty, Type::Guard | Type::Boxed)
                && other.alive
                && other.origins.iter().any(|&(origin, _)| origin == index)
        });
        self.is_visible(index)
            && local.alive
            && match access {
                Access::Shared => local.locks.1 == 0,
                Access::Unique => local.mutable && local.locks == (0, 0) && !lent,
                Access::Move => local.locks == (0, 0) && local.loops >= move_depth && !lent,
            }
    }

    /// The places of a type that may be used in a way.
    pub fn places(&self, ty: Type, access: Access, move_depth: usize) -> Vec<Place> {
        let mut places = Vec::new();
        for (index, local) in self.locals.iter().enumerate() {
            let name = &local.name;
            if self.admits(index, access, move_depth) {
                if local.ty == ty && local.gone.is_empty() {
                    places.push(Place {
                        local: index,
                        text: name.clone(),
                        part: None,
                    });
                }
                if local.ty == Type::Box && ty == Type::Noisy && local.gone.is_empty() {
                    places.push(Place {
                        local: index,
                        text: format!("*{name}"),
                        part: None,
                    });
                }
                for &(part, part_ty) in local.ty.fields() {
                    if part_ty == ty && !local.gone.iter().any(|gone| overlap(gone, part)) {
                        places.push(Place {
                            local: index,
                            text: format!("{name}.{part}"),
                            part: Some(part),
                        });
                    }
                }
            }
            let behind = match local.ty {
                Type::Ref | Type::Guard => Some((Type::Noisy, Access::Shared)),
                Type::RefMut => Some((Type::Noisy, Access::Unique)),
                Type::RefDuo => Some((Type::Duo, Access::Shared)),
                _ => None,
            };
            if let Some((target, strongest)) = behind
                && target == ty
                && (access == Access::Shared || access == strongest)
                && self.admits(index, Access::Shared, 0)
            {
                places.push(Place {
                    local: index,
                    text: format!("*{name}"),
                    part: None,
                });
            }
        }
        places
    }

    /// Notes a use: borrows that it conflicts with may not be used any more.
    pub fn touch(&mut self, index: usize, access: Access) {
        for later in &mut self.locals {
            let conflicts = later
                .origins
                .iter()
                .any(|&(origin, unique)| origin == index && (unique || access != Access::Shared));
            if conflicts {
                later.alive = false;
            }
        }
    }

    /// Notes that a place has been moved out of.
    pub fn gone(&mut self, place: &Place) {
        self.touch(place.local, Access::Move);
        let local = &mut self.locals[place.local];
        match place.part {
            Some(part) => local.gone.push(part),
            None => local.alive = local.ty.is_copy(),
        }
    }

    /// Locks what an operand borrows.
    pub fn lock(&mut self, origins: &[(usize, bool)]) {
        for &(index, unique) in origins {
            if let Some(local) = self.locals.get_mut(index) {
                local.locks.0 += 1;
                local.locks.1 += usize::from(unique);
            }
        }
    }

    /// Undoes `lock`.
    pub fn unlock(&mut self, origins: &[(usize, bool)]) {
        for &(index, unique) in origins {
            if let Some(local) = self.locals.get_mut(index) {
                local.locks.0 = local.locks.0.saturating_sub(1);
                local.locks.1 = local.locks.1.saturating_sub(usize::from(unique));
            }
        }
    }

    /// What holds where control flow comes from here or from there.
    pub fn merge(&mut self, other: &Scope) {
        for (local, other) in self.locals.iter_mut().zip(&other.locals) {
            local.alive &= other.alive;
            local.gone.extend(&other.gone);
        }
    }
}
