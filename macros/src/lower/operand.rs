//! Operands: what has been evaluated before a suspension point is kept across it.
//!
//! ```text
//! f(a(), yield b(), c())
//!     →  let mut operand_1_saved = Saved::new(operand_1_, to > 0, &suspending);
//!        if to == 0 { operand_1_saved.put(a()); }
//!        .. the suspension point ..
//!        f(operand_1_saved.take(), argument_2_, c())
//! ```

use syn::{Expr, Ident};

use std::collections::{HashMap, HashSet};

use super::{
    Guard, Lower, Reference, Temporaries,
    changes::Changes,
    place::{Access, is_plain_place},
    verbatim,
};
use crate::coerced::has_closure;
use crate::frame::SlotId;
use crate::hygiene::{private, span_of};
use crate::syntax::{self, Used, as_name, is_place};

/// An operand of an expression.
pub(super) struct Operand<'e> {
    expr: &'e mut Expr,
    /// What it is evaluated for, if not for its value.
    access: Option<Access>,
    /// Whether it is evaluated where nothing is expected of it, even if it is not kept.
    is_apart: bool,
    /// Whether its value has been kept, so that the expression takes it, and may be evaluated once.
    pub is_kept: bool,
}

impl<'e> Operand<'e> {
    /// An operand whose value is used.
    pub fn value(expr: &'e mut Expr) -> Self {
        Operand {
            expr,
            access: None,
            is_apart: false,
            is_kept: false,
        }
    }

    /// One whose value is bound before it is used.
    pub fn apart(expr: &'e mut Expr) -> Self {
        Operand {
            is_apart: true,
            ..Operand::value(expr)
        }
    }

    /// An operand that is a place, or is made a temporary of.
    pub fn place(expr: &'e mut Expr, access: Access) -> Self {
        Operand {
            access: Some(access),
            ..Operand::value(expr)
        }
    }
}

impl Lower<'_> {
    /// Lowers operands in the order of their evaluation.
    pub(super) fn operands(&mut self, operands: &mut [Operand]) {
        let is_full = std::mem::take(&mut self.temporaries.is_full);
        let Some(last) = operands
            .iter()
            .rposition(|operand| self.suspends(operand.expr))
        else {
            for operand in operands {
                self.operand(operand);
            }
            return;
        };
        let changed = Changed::by(operands.iter().map(|operand| &*operand.expr));
        // Those that come after are among the temporaries, too, if there are others before.
        let is_first = last == 0 && self.temporaries.guards.is_empty();
        let last = if is_full && !is_first {
            operands.len()
        } else {
            last
        };
        let mut kept = Vec::new();
        for (number, operand) in operands.iter_mut().enumerate() {
            if number < last {
                let slot = self.keep(operand, &changed, is_full);
                operand.is_kept = slot.is_some();
                kept.extend(slot);
            } else {
                self.operand(operand);
            }
        }
        // What was kept is taken now: at a later suspension point it is gone.
        let until = self.points.len();
        let Temporaries {
            guards, operands, ..
        } = &mut self.temporaries;
        for guard in guards.iter_mut().chain(operands) {
            if kept.contains(&guard.slot) {
                guard.until = Some(until);
            }
        }
    }

    fn operand(&mut self, operand: &mut Operand) {
        let told = operand.is_apart.then(|| self.tell_operand(operand.expr));
        match &operand.access {
            Some(access) => self.place_for(operand.expr, access),
            None if operand.is_apart => self.value_apart(operand.expr),
            None => self.value(operand.expr),
        }
        if let Some(told) = told.flatten() {
            *operand.expr = verbatim(Self::told(Some(told), operand.expr));
        }
    }

    /// Evaluates an operand before the suspension point that follows, and keeps its value; unless it makes
    /// no difference when it is evaluated.
    fn keep(&mut self, operand: &mut Operand, changed: &Changed, is_full: bool) -> Option<SlotId> {
        let is_place_operand = operand.access.is_some();
        if !self.suspends(operand.expr) && self.is_timeless(operand.expr, is_place_operand, changed)
        {
            self.stays(operand.expr);
            self.operand(operand);
            return None;
        }
        let Operand {
            expr: operand,
            access,
            ..
        } = operand;
        if let (Some(access), true) = (access, is_place(operand)) {
            self.hold_place(operand, access);
            return None;
        }
        let has_points = self.suspends(operand);
        if is_place_operand && self.keep_temporary_part(operand, has_points) {
            return None;
        }
        let slot = self.temporary_slot("operand");
        let told = self.tell_operand(operand);
        let guard = self.frame.get(slot).guard.clone();
        let span = span_of(&operand);
        let inner = self.kept(operand);
        let condition = self.until_here(has_points);
        let value = Self::told(told, operand);
        self.temporaries.steps.extend(q! {
            if #condition { #inner #private::put(&mut #guard, #value); }
        });
        let live = Guard::since(slot, self.points.len());
        if is_place_operand {
            self.temporaries.guards.push(live);
            **operand = verbatim(self.place_of(slot, span));
            return None;
        }
        self.temporaries.of_operands(is_full).push(live);
        let guard = super::located(&guard, span);
        **operand = verbatim(q!((&mut #guard).take()));
        Some(slot)
    }

    /// Of a part of a value that is used in place, the value is kept: it drops as a whole.
    fn keep_temporary_part(&mut self, operand: &mut Expr, has_points: bool) -> bool {
        let mut part = None;
        let inner = self.keeping(|this| part = this.temporary_part(operand));
        let Some(part) = part else { return false };
        let (condition, put) = (self.until_here(has_points), part.put);
        self.temporaries
            .steps
            .extend(q!(if #condition { #inner #put; }));
        true
    }

    /// Whether an operand may as well be evaluated after the suspension point. The locals that have `changed` before that
    /// have another value then.
    fn is_timeless(&mut self, operand: &Expr, is_place_operand: bool, changed: &Changed) -> bool {
        let unchanged = |place: &Expr| is_plain_place(place) && !self.is_elsewhere(place, changed);
        if is_place_operand && unchanged(operand) {
            return true;
        }
        match syntax::strip(operand) {
            Expr::Lit(_) => true,
            Expr::Closure(closure) => {
                let used = Used::of(&closure.body).names;
                let is_other_later = changed.by_others(operand);
                !used.iter().any(is_other_later) && !self.may_take(operand)
            }
            Expr::Reference(reference) => {
                let of = syntax::strip(&reference.expr);
                let is_made_here = matches!(
                    of,
                    Expr::Lit(_) | Expr::Closure(_) | Expr::Array(_) | Expr::Tuple(_)
                );
                unchanged(of)
                    || syntax::is_extended(of)
                    || is_made_here && self.is_timeless(of, false, changed)
            }
            // What they are made of has no destructor.
            Expr::Array(array) => self.are_timeless(&array.elems, changed),
            Expr::Tuple(tuple) => self.are_timeless(&tuple.elems, changed),
            // It cannot be told its type, in a `let`, or with a closure in it.
            Expr::Call(call)
                if syntax::is_in_prelude(call)
                    && (has_extended(operand) || has_closure(operand))
                    || is_boxed_closure(call) =>
            {
                self.are_timeless(&call.args, changed)
            }
            Expr::Path(path) => match as_name(operand) {
                // A function, rather than a constant whose copy is to be dropped.
                None => path
                    .path
                    .segments
                    .last()
                    .is_some_and(|segment| !syntax::is_constant(&segment.ident)),
                Some(name) => match self.locals.get(name) {
                    // Nothing can change it, and nobody misses it.
                    Some(local) => !local.mutable && !syntax::is_last_use(path),
                    // A name of ours is a local all the same, whose value is taken.
                    None if self.saved(name).is_some() => false,
                    None => !syntax::is_constant(name) || name == "None",
                },
            },
            _ => false,
        }
    }

    /// Whether a place may be another one when an operand has changed what is in it: one that is behind a reference, which a
    /// method can let refer to something else while what it has referred to is borrowed.
    fn is_elsewhere(&self, place: &Expr, changed: &Changed) -> bool {
        let Some((name, _)) = syntax::part_path(place) else {
            return false;
        };
        let may_change = || match (self.locals.get(&name), self.reference(&name)) {
            (Some(local), Some(Reference::Shared)) => local.mutable,
            _ => true,
        };
        let name = name.to_string();
        let is_whole = as_name(place).is_some();
        changed.assigned.contains_key(&name)
            || !is_whole && changed.touched.contains(&name) && may_change()
    }

    fn are_timeless<'e>(
        &mut self,
        operands: impl IntoIterator<Item = &'e Expr>,
        changed: &Changed,
    ) -> bool {
        operands
            .into_iter()
            .all(|operand| self.is_timeless(operand, false, changed))
    }

    /// A timeless operand is evaluated after the suspension point. The locals in it have to be there then, and so has what
    /// a `let` extends, which is evaluated before.
    fn stays(&mut self, operand: &mut Expr) {
        match operand {
            Expr::Paren(e) => self.stays(&mut e.expr),
            Expr::Group(e) => self.stays(&mut e.expr),
            Expr::Array(e) => e.elems.iter_mut().for_each(|e| self.stays(e)),
            Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| self.stays(e)),
            Expr::Call(call) => match syntax::extended_slot(call).map(SlotId) {
                Some(slot) => {
                    let inner = self.keeping(|this| this.extended(operand));
                    let condition = self.until_here(false);
                    self.temporaries
                        .steps
                        .extend(q!(if #condition { #inner let _ = &#operand; }));
                    *operand = verbatim(self.place_of(slot, span_of(&operand)));
                }
                None => {
                    call.args.iter_mut().for_each(|e| self.stays(e));
                    let span = super::mixed(span_of(&operand));
                    *operand = syn::parse_quote_spanned!(span=> #private::in_prelude(#operand));
                }
            },
            Expr::Reference(e) if as_name(&e.expr).is_none() => self.stays(&mut e.expr),
            operand => {
                let name = as_name(operand).and_then(|name| self.saved(name));
                self.placed.extend(name);
            }
        }
    }
}

/// `Box::new(|x| ..)`, of which nothing tells when it is made.
fn is_boxed_closure(call: &syn::ExprCall) -> bool {
    syntax::last_names(call).is_some_and(|(of, function)| of == "Box" && function == "new")
        && call
            .args
            .iter()
            .all(|arg| matches!(syntax::strip(arg), Expr::Closure(_)))
}

/// Whether a `let` extends something in an option or a result.
fn has_extended(value: &Expr) -> bool {
    match syntax::strip(value) {
        Expr::Call(call) if syntax::is_in_prelude(call) => call.args.iter().any(has_extended),
        Expr::Array(array) => array.elems.iter().any(has_extended),
        Expr::Tuple(tuple) => tuple.elems.iter().any(has_extended),
        Expr::Reference(reference) => syntax::is_extended(syntax::strip(&reference.expr)),
        _ => false,
    }
}

/// The locals that operands may change before another one is evaluated.
struct Changed {
    /// Those that they assign to, or borrow mutably, and how many do so.
    assigned: HashMap<String, usize>,
    /// Those on which they call methods, or which macros are given.
    touched: HashSet<String>,
}

impl Changed {
    fn by<'e>(operands: impl Iterator<Item = &'e Expr>) -> Self {
        let mut all = Changed {
            assigned: HashMap::new(),
            touched: HashSet::new(),
        };
        for changes in operands.map(Changes::of) {
            for name in changes.assigned_locals() {
                *all.assigned.entry(name).or_default() += 1;
            }
            all.touched.extend(changes.touched_locals());
        }
        all
    }

    /// Whether a local is assigned by operands other than this one.
    fn by_others(&self, operand: &Expr) -> impl Fn(&Ident) -> bool + use<'_> {
        let own = Changes::of(operand).assigned_locals();
        move |name| {
            let name = name.to_string();
            let by_itself = usize::from(own.contains(&name));
            self.assigned
                .get(&name)
                .is_some_and(|count| *count > by_itself)
        }
    }
}
