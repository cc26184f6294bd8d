//! Which saved locals a closure or an `async` block uses, and what it would capture of them.
//!
//! Rule: reference, "Closure types", capture precision.

use syn::{
    Expr, Ident, Pat,
    visit::{self, Visit},
};

use super::{Lower, capture_part::CapturedField};
use crate::{
    edition,
    frame::SlotId,
    syntax::{self, as_name, part_path, pattern_use, skips},
    tokens::names,
};

/// What is captured under a name that is not that of a saved local.
#[derive(Clone)]
pub(super) enum Place {
    /// A part of the local.
    Part(Box<Expr>),
    /// A variable of the body.
    Variable,
}

/// What patterns in a closure do with the parts of a local.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Parts {
    /// There is no such pattern.
    Together,
    /// They bind or refer to all of them.
    All,
    /// They refer to some: a `move` closure takes those.
    Referred,
    /// They bind some, and leave others.
    Some,
}

/// A saved local that a closure takes.
#[derive(Clone)]
pub(super) struct Capture {
    pub name: Ident,
    pub slot: SlotId,
    /// Nobody uses it later.
    pub last: bool,
    /// The fields of it that are used, if it is not used as a whole: then a closure may take those alone.
    pub fields: Option<Vec<CapturedField>>,
    /// What a pattern does with its parts: those that it binds a closure takes alone.
    pub parts: Parts,
    /// What the name stands for where it is not moved, if it is not that of a saved local.
    pub place: Option<Place>,
}

impl Lower<'_> {
    /// The saved locals that a closure's body uses.
    pub(super) fn captures(&self, body: &Expr, last: &[Ident]) -> Vec<Capture> {
        let mut captures = Captures {
            lower: self,
            last,
            found: Vec::new(),
        };
        captures.visit_expr(body);
        captures.found
    }
}

/// The captures found so far.
struct Captures<'l, 'a> {
    lower: &'l Lower<'a>,
    last: &'l [Ident],
    found: Vec<Capture>,
}

impl Captures<'_, '_> {
    fn add(&mut self, name: &Ident, field: Option<CapturedField>) {
        let Some(slot) = self.lower.saved(name) else {
            return;
        };
        let known = self.found.iter_mut().find(|capture| capture.name == *name);
        let Some(capture) = known else {
            self.found.push(Capture {
                name: name.clone(),
                slot,
                last: self.last.contains(name),
                fields: field.map(|field| vec![field]),
                parts: Parts::Together,
                place: None,
            });
            return;
        };
        match (&mut capture.fields, field) {
            (Some(fields), Some(field)) => CapturedField::add(fields, field),
            (fields, _) => *fields = None,
        }
    }
    /// `is_only`: there is no other pattern.
    fn matched(&mut self, value: &Expr, pat: &Pat, is_only: bool) {
        let used = pattern_use(pat);
        let parts = match pat {
            _ if used.takes && used.leaves && is_only => Parts::Some,
            _ if used.refers && is_only && skips(pat) => Parts::Referred,
            Pat::Tuple(_) | Pat::TupleStruct(_) | Pat::Struct(_) => Parts::All,
            _ => return,
        };
        let mut found = self.found.iter_mut();
        let name = as_name(value);
        if let Some(capture) = found.find(|capture| Some(&capture.name) == name) {
            if capture.parts < parts {
                capture.parts = parts;
            }
        }
    }
}

impl<'ast> Visit<'ast> for Captures<'_, '_> {
    fn visit_local(&mut self, local: &'ast syn::Local) {
        match &local.init {
            Some(init) if init.diverge.is_none() && is_unread(&init.expr, &local.pat) => {}
            Some(init) => {
                visit::visit_local(self, local);
                self.matched(&init.expr, &local.pat, true);
            }
            None => {}
        }
    }
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Assign(assign)
                if matches!(*assign.left, Expr::Infer(_))
                    && is_unread(&assign.right, &syn::parse_quote!(_)) => {}
            Expr::Match(match_)
                if match_.arms.iter().all(|arm| {
                    matches!(arm.pat, Pat::Wild(_)) && is_unread(&match_.expr, &arm.pat)
                }) =>
            {
                let arms = match_.arms.iter();
                arms.for_each(|arm| self.visit_expr(&arm.body));
            }
            Expr::Match(match_) => {
                visit::visit_expr_match(self, match_);
                for arm in &match_.arms {
                    self.matched(&match_.expr, &arm.pat, match_.arms.len() == 1);
                }
            }
            Expr::Let(condition) => {
                visit::visit_expr_let(self, condition);
                self.matched(&condition.expr, &condition.pat, false);
            }
            Expr::Path(path) => {
                if let Some(name) = path.path.get_ident() {
                    self.add(name, None);
                }
            }
            Expr::Field(_) if edition::captures_fields() => match CapturedField::of(expr) {
                Some((name, field)) => self.add(name, Some(field)),
                None => visit::visit_expr(self, expr),
            },
            _ => visit::visit_expr(self, expr),
        }
    }
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        for name in names(mac.tokens.clone()) {
            self.add(&name, None);
        }
    }
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// Whether a place is matched on, by a pattern that always matches, which neither binds nor asks anything: then it is
/// not captured (reference, "Capture precision", wildcard patterns).
fn is_unread(place: &Expr, pat: &Pat) -> bool {
    edition::captures_fields() && part_path(place).is_some() && syntax::bindings(pat).is_empty()
}
