//! Whose the names are in what a call stands for: the locals that the macro declares are its own (reference, "Macros By Example",
//! hygiene), and have names of their own. All others lose their mark.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Expr, FieldPat, FieldValue, Macro, Pat, PatIdent, Stmt, Token,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::{
    syntax::{self, as_name},
    tokens::{may_be_value, names_of_values, regrouped},
};

/// What a call stands for, by the names that are right.
pub struct Resolved<T> {
    pub value: T,
    /// The locals that it declares, as the macro calls them.
    pub declared: HashSet<String>,
    /// The locals that it declares by names which the call gives.
    pub given: HashSet<String>,
    /// The names that may be those of locals around the macro.
    pub free: HashSet<String>,
}

/// Statements or an expression.
pub trait Expanded {
    fn look(&self, visitor: &mut impl for<'ast> Visit<'ast>);
    fn change(&mut self, visitor: &mut impl VisitMut);
}

impl Expanded for Expr {
    fn look(&self, visitor: &mut impl for<'ast> Visit<'ast>) {
        visitor.visit_expr(self);
    }
    fn change(&mut self, visitor: &mut impl VisitMut) {
        visitor.visit_expr_mut(self);
    }
}

impl Expanded for Vec<Stmt> {
    fn look(&self, visitor: &mut impl for<'ast> Visit<'ast>) {
        for stmt in self {
            visitor.visit_stmt(stmt);
        }
    }
    fn change(&mut self, visitor: &mut impl VisitMut) {
        for stmt in self {
            visitor.visit_stmt_mut(stmt);
        }
    }
}

/// Takes the mark from all names but those of the locals that are declared. `None` if there is something in it that syn does not
/// know.
pub fn resolve<T: Expanded>(mut value: T, mark: &str) -> Option<Resolved<T>> {
    let mut bound = Bound(HashSet::new());
    value.look(&mut bound);
    let (own, given): (HashSet<_>, HashSet<_>) =
        bound.0.into_iter().partition(|name| name.ends_with(mark));
    let declared: HashSet<String> = own.iter().map(|name| name.replace(mark, "")).collect();
    let labels = declared.iter().filter(|name| name.starts_with('\''));
    let mut unmark = Unmark {
        mark,
        scopes: vec![labels.cloned().collect()],
        free: HashSet::new(),
        is_unknown: false,
    };
    value.change(&mut unmark);
    let Unmark {
        free, is_unknown, ..
    } = unmark;
    (!is_unknown).then_some(Resolved {
        value,
        declared,
        given,
        free,
    })
}

/// The names that statements bind anywhere.
pub fn bound_in<'s>(stmts: impl Iterator<Item = &'s Stmt>) -> HashSet<String> {
    let mut bound = Bound(HashSet::new());
    stmts.for_each(|stmt| bound.visit_stmt(stmt));
    bound.0
}

/// The names that are bound, and labels.
struct Bound(HashSet<String>);

impl<'ast> Visit<'ast> for Bound {
    fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
        if syntax::is_binding(pat) {
            self.0.insert(pat.ident.to_string());
        }
        visit::visit_pat_ident(self, pat);
    }
    fn visit_label(&mut self, label: &'ast syn::Label) {
        self.0.insert(label.name.to_string());
    }
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

struct Unmark<'m> {
    mark: &'m str,
    /// The names that keep it, in each scope around: of locals that the macro has declared there, and of labels.
    scopes: Vec<HashSet<String>>,
    free: HashSet<String>,
    is_unknown: bool,
}

impl Unmark<'_> {
    /// The name as the macro has it, if it has it from there.
    fn unmarked(&self, name: &Ident) -> Option<String> {
        name.to_string().strip_suffix(self.mark).map(str::to_owned)
    }

    /// Whether this is a local that the macro declares.
    fn is_declared(&self, name: &Ident) -> bool {
        let unmarked = self.unmarked(name);
        unmarked.is_some_and(|name| self.is_in_scope(&name))
    }

    fn is_in_scope(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.contains(name))
    }

    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(HashSet::new());
        visit(self);
        self.scopes.pop();
    }

    /// A pattern, from which on its names are in scope.
    fn bind(&mut self, pat: &mut Pat) {
        let mut bound = Bound(HashSet::new());
        bound.visit_pat(pat);
        let own = bound.0.iter();
        let own = own.filter_map(|name| name.strip_suffix(self.mark));
        if let Some(scope) = self.scopes.last_mut() {
            scope.extend(own.map(str::to_owned));
        }
        self.visit_pat_mut(pat);
    }

    fn tokens(&mut self, tokens: &mut TokenStream) {
        let before: Vec<_> = std::mem::take(tokens).into_iter().collect();
        for (at, token) in before.iter().enumerate() {
            tokens.extend([match token {
                TokenTree::Ident(name) => {
                    let mut name = name.clone();
                    if !(may_be_value(&before, at) && self.is_declared(&name)) {
                        self.visit_ident_mut(&mut name);
                    }
                    TokenTree::Ident(name)
                }
                TokenTree::Group(group) => {
                    let mut inner = group.stream();
                    self.tokens(&mut inner);
                    regrouped(group, inner)
                }
                token => token.clone(),
            }]);
        }
    }

    fn note_free(&mut self, name: &Ident) {
        let unmarked = self.unmarked(name);
        if let Some(name) = unmarked.filter(|name| !self.is_in_scope(name)) {
            self.free.insert(name);
        }
    }
}

impl VisitMut for Unmark<'_> {
    fn visit_ident_mut(&mut self, name: &mut Ident) {
        if let Some(unmarked) = self.unmarked(name) {
            *name = match unmarked.strip_prefix("r#") {
                Some(raw) => Ident::new_raw(raw, name.span()),
                None => Ident::new(&unmarked, name.span()),
            };
        }
    }
    fn visit_lifetime_mut(&mut self, lifetime: &mut syn::Lifetime) {
        let written = self
            .unmarked(&lifetime.ident)
            .map(|name| format!("'{name}"));
        if !written.is_some_and(|label| self.is_in_scope(&label)) {
            self.visit_ident_mut(&mut lifetime.ident);
        }
    }
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match as_name(expr) {
            Some(name) if self.is_declared(name) => {}
            Some(name) => {
                self.note_free(&name.clone());
                visit_mut::visit_expr_mut(self, expr);
            }
            None => match expr {
                Expr::Verbatim(_) => self.is_unknown = true,
                Expr::Let(condition) => {
                    self.visit_expr_mut(&mut condition.expr);
                    self.bind(&mut condition.pat);
                }
                Expr::While(_) => self.scoped(|this| visit_mut::visit_expr_mut(this, expr)),
                expr => visit_mut::visit_expr_mut(self, expr),
            },
        }
    }
    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        self.scoped(|this| visit_mut::visit_block_mut(this, block));
    }
    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        local
            .attrs
            .iter_mut()
            .for_each(|attr| self.visit_attribute_mut(attr));
        if let Some(init) = &mut local.init {
            self.visit_local_init_mut(init);
        }
        self.bind(&mut local.pat);
    }
    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        self.scoped(|this| {
            this.bind(&mut arm.pat);
            this.visit_expr_mut(&mut arm.body);
        });
    }
    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        self.scoped(|this| {
            closure.inputs.iter_mut().for_each(|input| this.bind(input));
            this.visit_return_type_mut(&mut closure.output);
            this.visit_expr_mut(&mut closure.body);
        });
    }
    fn visit_expr_for_loop_mut(&mut self, for_: &mut syn::ExprForLoop) {
        if let Some(label) = &mut for_.label {
            self.visit_label_mut(label);
        }
        self.visit_expr_mut(&mut for_.expr);
        self.scoped(|this| {
            this.bind(&mut for_.pat);
            this.visit_block_mut(&mut for_.body);
        });
    }
    fn visit_expr_if_mut(&mut self, if_: &mut syn::ExprIf) {
        self.scoped(|this| {
            this.visit_expr_mut(&mut if_.cond);
            this.visit_block_mut(&mut if_.then_branch);
        });
        if let Some((_, otherwise)) = &mut if_.else_branch {
            self.visit_expr_mut(otherwise);
        }
    }
    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        if !self.is_declared(&pat.ident) {
            self.visit_ident_mut(&mut pat.ident);
        }
        if let Some((_, inner)) = &mut pat.subpat {
            self.visit_pat_mut(inner);
        }
    }
    // `S { x }` is `S { x: x }`, of a field and a local.
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        if as_name(&field.expr).is_some_and(|name| self.is_declared(name)) {
            field.colon_token.get_or_insert_with(<Token![:]>::default);
        }
        visit_mut::visit_field_value_mut(self, field);
    }
    fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
        if let Pat::Ident(pat) = &*field.pat {
            if self.is_declared(&pat.ident) {
                field.colon_token.get_or_insert_with(<Token![:]>::default);
            }
        }
        visit_mut::visit_field_pat_mut(self, field);
    }
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let names = names_of_values(mac.tokens.to_token_stream());
        for name in &names {
            self.note_free(name);
        }
        self.visit_path_mut(&mut mac.path);
        self.tokens(&mut mac.tokens);
    }
    fn visit_meta_list_mut(&mut self, list: &mut syn::MetaList) {
        self.visit_path_mut(&mut list.path);
        self.tokens(&mut list.tokens);
    }
    fn visit_type_mut(&mut self, ty: &mut syn::Type) {
        self.is_unknown |= matches!(ty, syn::Type::Verbatim(_));
        visit_mut::visit_type_mut(self, ty);
    }
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        match pat {
            Pat::Verbatim(_) => self.is_unknown = true,
            Pat::Guard(guarded) => {
                self.visit_pat_mut(&mut guarded.pat);
                self.visit_expr_mut(&mut guarded.guard);
            }
            pat => visit_mut::visit_pat_mut(self, pat),
        }
    }
    fn visit_item_mut(&mut self, item: &mut syn::Item) {
        self.is_unknown |= matches!(item, syn::Item::Verbatim(_));
        visit_mut::visit_item_mut(self, item);
    }
}
