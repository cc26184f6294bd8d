//! What evaluating an expression may do to places of the body: assign them, borrow them, move them.

use std::collections::HashSet;

use syn::{
    Expr, Ident, Stmt,
    visit::{self, Visit},
};

use super::assign::each_place;
use crate::{
    syntax::{self, Special, is_last_use, is_parting_use, part_path, special, take_last_captures},
    tokens::names,
};

/// The places, by their paths.
#[derive(Default)]
pub(super) struct Changes {
    /// Those that are assigned.
    pub assigned: HashSet<String>,
    /// Those that are borrowed mutably, or of which an element is assigned.
    borrowed: HashSet<String>,
    /// Those on which methods are called, or which patterns and macros are given.
    touched: HashSet<String>,
    /// Those of which the locals are used for the last time by name, so that they may be moved.
    pub used_last: HashSet<String>,
}

impl Changes {
    /// What an expression does.
    pub fn of(expr: &Expr) -> Self {
        Changes::of_all([expr])
    }

    /// What several do together.
    pub fn of_all<'e>(exprs: impl IntoIterator<Item = &'e Expr>) -> Self {
        let mut changes = Changes::default();
        for expr in exprs {
            changes.visit_expr(expr);
        }
        changes
    }

    /// What a statement does.
    pub fn of_stmt(stmt: &Stmt) -> Self {
        let mut changes = Changes::default();
        changes.visit_stmt(stmt);
        changes
    }

    /// The places that may be others afterwards, if they are not moved.
    pub fn changed(&self) -> impl Iterator<Item = &String> {
        let places = self.assigned.iter().chain(&self.borrowed);
        places.chain(&self.touched)
    }

    /// The locals that are assigned or borrowed mutably, be it in part.
    pub fn assigned_locals(&self) -> HashSet<String> {
        roots(self.assigned.iter().chain(&self.borrowed))
    }

    /// The locals on which, or on parts of which, methods are called, or which patterns and macros are given.
    pub fn touched_locals(&self) -> HashSet<String> {
        roots(&self.touched)
    }

    fn assign(&mut self, place: &Expr) {
        each_place(place, &mut |place| match part_path(place) {
            Some((_, path)) => {
                self.assigned.insert(path);
            }
            None => self.borrowed.extend(base_path(place)),
        });
    }

    fn touch(&mut self, place: &Expr) {
        self.touched.extend(base_path(place));
    }

    /// What a closure or an `async` block with these attributes takes, if it does.
    fn capture(&mut self, attrs: &[syn::Attribute]) {
        let captured = take_last_captures(&mut attrs.to_vec());
        self.used_last.extend(captured.iter().map(Ident::to_string));
    }
}

impl<'ast> Visit<'ast> for Changes {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Assign(assign) => self.assign(&assign.left),
            Expr::Binary(binary) if syntax::assigns(binary.op) => self.assign(&binary.left),
            Expr::Reference(reference) if reference.mutability.is_some() => {
                self.borrowed.extend(base_path(&reference.expr));
            }
            Expr::MethodCall(call) => self.touch(&call.receiver),
            // A pattern may refer to it by `ref mut`.
            Expr::Match(match_) => self.touch(&match_.expr),
            Expr::Let(let_) => self.touch(&let_.expr),
            Expr::Closure(closure) => self.capture(&closure.attrs),
            Expr::Async(block) => self.capture(&block.attrs),
            Expr::Path(_) | Expr::Field(_) if is_used_last(expr) => {
                // Not what it is a part of.
                self.used_last.extend(base_path(expr));
                return;
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
    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init {
            self.touch(&init.expr);
        }
        visit::visit_local(self, local);
    }
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        let names = names(mac.tokens.clone());
        self.touched.extend(names.iter().map(Ident::to_string));
    }
}

/// Whether a local, or a part of one, is used for the last time by name.
pub(super) fn is_used_last(expr: &Expr) -> bool {
    match syntax::strip(expr) {
        Expr::Path(path) => is_last_use(path) || is_parting_use(path),
        Expr::Field(field) => is_used_last(&field.base),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)) && is_used_last(&unary.expr),
        _ => false,
    }
}

/// The path of a place, or of what it is an element of.
fn base_path(place: &Expr) -> Option<String> {
    let path = part_path(place).map(|(_, path)| path);
    path.or_else(|| match syntax::strip(place) {
        Expr::Field(field) => base_path(&field.base),
        Expr::Index(index) => base_path(&index.expr),
        Expr::Unary(unary) => base_path(&unary.expr),
        _ => None,
    })
}

/// The local of a path.
pub(super) fn root_of(path: &str) -> String {
    path.split('.').take(1).collect()
}

/// The locals of paths.
pub(super) fn roots<'p>(paths: impl IntoIterator<Item = &'p String>) -> HashSet<String> {
    paths.into_iter().map(|path| root_of(path)).collect()
}
