//! Operands: what has been evaluated before a suspension point is kept across it.
//!
//! ```text
//! f(a(), yield b(), c())
//!     →  let mut operand_1_saved = Saved::new(operand_1_, to > 0, &suspending);
//!        if to == 0 { operand_1_saved.put(a()); }
//!        .. the suspension point ..
//!        f(operand_1_saved.take(), argument_2_, c())
//! ```

use syn::{
    Expr, Ident, Stmt,
    visit::{self, Visit},
};

use std::collections::{HashMap, HashSet};

use super::assign::each_place;
use super::{
    Guard, Lower, Reference, Temporaries,
    place::{Access, is_plain_place},
    verbatim,
};
use crate::coerced::has_closure;
use crate::frame::SlotId;
use crate::hygiene::{private, span_of};
use crate::syntax::{
    self, Special, Used, as_name, is_last_use, is_parting_use, is_place, part_root, special,
    take_last_captures,
};
use crate::tokens::names;

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
    fn by<'e>(operands: impl Iterator<Item = &'e Expr> + Clone) -> Self {
        let mut touched = Touched(HashSet::new());
        operands
            .clone()
            .for_each(|operand| touched.visit_expr(operand));
        let mut assigned = HashMap::new();
        for name in operands.flat_map(assigned_in) {
            *assigned.entry(name).or_default() += 1;
        }
        Changed {
            assigned,
            touched: touched.locals(),
        }
    }

    /// Whether a local is assigned by operands other than this one.
    fn by_others(&self, operand: &Expr) -> impl Fn(&Ident) -> bool + use<'_> {
        let own = assigned_in(operand);
        move |name| {
            let name = name.to_string();
            let by_itself = usize::from(own.contains(&name));
            self.assigned
                .get(&name)
                .is_some_and(|count| *count > by_itself)
        }
    }
}

/// Paths of places on which methods are called, or which patterns and macros are given.
struct Touched(HashSet<String>);

impl Touched {
    fn add(&mut self, place: &Expr) {
        self.0.extend(base_path(place));
    }

    /// The locals.
    fn locals(&self) -> HashSet<String> {
        self.0.iter().map(|path| root_of(path)).collect()
    }
}

impl<'ast> Visit<'ast> for Touched {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::MethodCall(call) => self.add(&call.receiver),
            // A pattern may refer to it by `ref mut`.
            Expr::Match(match_) => self.add(&match_.expr),
            Expr::Let(let_) => self.add(&let_.expr),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }
    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init {
            self.add(&init.expr);
        }
        visit::visit_local(self, local);
    }
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        let names = names(mac.tokens.clone());
        self.0.extend(names.iter().map(Ident::to_string));
    }
}

/// The places that an expression assigns to, by their paths.
pub(super) fn assigned_places(expr: &Expr) -> HashSet<String> {
    let mut assigned = Assigned::default();
    assigned.visit_expr(expr);
    assigned.assigned
}

/// The places that an expression may change: those that it assigns to or borrows mutably, or in part, and those on which it calls
/// methods, or which macros are given.
pub(super) fn changed_places(expr: &Expr) -> HashSet<String> {
    let mut assigned = Assigned::default();
    assigned.visit_expr(expr);
    let mut touched = Touched(HashSet::new());
    touched.visit_expr(expr);
    let assigned = assigned.assigned.union(&assigned.borrowed);
    assigned.cloned().chain(touched.0).collect()
}

/// The places of which an expression uses the locals for the last time by name, which may move them.
pub(super) fn places_used_last(expr: &Expr) -> HashSet<String> {
    struct UsedLast(HashSet<String>);
    impl<'ast> Visit<'ast> for UsedLast {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            let is_last = |path: &syn::ExprPath| is_last_use(path) || is_parting_use(path);
            match expr {
                Expr::Path(path) if is_last(path) => self.0.extend(base_path(expr)),
                // Not what it is a part of.
                Expr::Field(_)
                    if part_root(&mut expr.clone()).is_some_and(|root| is_last(&*root)) =>
                {
                    self.0.extend(base_path(expr));
                    return;
                }
                // What it takes, if it does.
                Expr::Closure(closure) => {
                    let captured = take_last_captures(&mut closure.attrs.clone());
                    self.0.extend(captured.iter().map(Ident::to_string));
                }
                Expr::Async(block) => {
                    let captured = take_last_captures(&mut block.attrs.clone());
                    self.0.extend(captured.iter().map(Ident::to_string));
                }
                _ => {}
            }
            visit::visit_expr(self, expr);
        }
        fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
            if !special(call).is_some_and(Special::is_macro) {
                return visit::visit_expr_call(self, call);
            }
            syntax::argument_values_of(call).for_each(|arg| self.visit_expr(arg));
        }
    }
    let mut used = UsedLast(HashSet::new());
    used.visit_expr(expr);
    used.0
}

/// The locals that an expression assigns to, or borrows mutably, be it in part.
pub(super) fn assigned_in(expr: &Expr) -> HashSet<String> {
    let mut assigned = Assigned::default();
    assigned.visit_expr(expr);
    assigned.locals()
}

/// The same of a statement.
pub(super) fn assigned_in_stmt(stmt: &Stmt) -> HashSet<String> {
    let mut assigned = Assigned::default();
    assigned.visit_stmt(stmt);
    assigned.locals()
}

/// The local of a path.
pub(super) fn root_of(path: &str) -> String {
    path.split('.').take(1).collect()
}

/// Paths of places.
#[derive(Default)]
struct Assigned {
    assigned: HashSet<String>,
    /// Mutably; and those of which an element is assigned.
    borrowed: HashSet<String>,
}

impl Assigned {
    fn locals(&self) -> HashSet<String> {
        let paths = self.assigned.union(&self.borrowed);
        paths.map(|path| root_of(path)).collect()
    }

    fn add(&mut self, place: &Expr) {
        each_place(place, &mut |place| match syntax::part_path(place) {
            Some((_, path)) => {
                self.assigned.insert(path);
            }
            None => self.borrowed.extend(base_path(place)),
        });
    }
}

/// The path of a place, or of what it is an element of.
fn base_path(place: &Expr) -> Option<String> {
    let path = || syntax::part_path(place).map(|(_, path)| path);
    path().or_else(|| match syntax::strip(place) {
        Expr::Field(field) => base_path(&field.base),
        Expr::Index(index) => base_path(&index.expr),
        Expr::Unary(unary) => base_path(&unary.expr),
        _ => None,
    })
}

impl<'ast> Visit<'ast> for Assigned {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if !special(call).is_some_and(Special::is_macro) {
            return visit::visit_expr_call(self, call);
        }
        syntax::argument_values_of(call).for_each(|arg| self.visit_expr(arg));
    }
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Assign(assign) => self.add(&assign.left),
            Expr::Binary(binary) if syntax::assigns(binary.op) => self.add(&binary.left),
            Expr::Reference(reference) if reference.mutability.is_some() => {
                self.borrowed.extend(base_path(&reference.expr));
            }
            _ => {}
        }
        visit::visit_expr(self, expr);
    }
}
