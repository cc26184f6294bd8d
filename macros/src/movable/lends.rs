//! Which locals a borrow may be of. Any other need not be assigned in the check: `sum` in `sum += n;` and in
//! `f(sum)` is read, moved or changed, and nothing that may outlive that refers to it.
//!
//! An operator's method takes its operands by value, or by references of any lifetime, however short, which what it
//! returns does not name. So do field accesses through `Deref`, of which only the value is used. A method that is called
//! on a local by the user may keep a borrow of it for as long as its type says.

use std::{collections::HashSet, iter};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Block, Expr, Ident, LitStr, Pat, Stmt,
    visit::{self, Visit},
};

use crate::{
    resolve::captures,
    signature::BodyParam,
    syntax::{Special, pattern_use, special, strip, suspends},
};

/// The locals that may be borrowed, by name. Some may be none.
pub(super) struct Lent(HashSet<String>);

impl Lent {
    /// Those of a resolved body.
    pub(super) fn in_body(params: &[BodyParam], body: &Block) -> Self {
        let mut lent = Lent(HashSet::new());
        for BodyParam { param, .. } in params {
            if may_refer(&param.pat) {
                lent.0.insert(param.name.to_string());
            }
        }
        lent.visit_block(body);
        lent
    }

    /// Whether a borrow may be of this local.
    pub(super) fn contains(&self, name: &Ident) -> bool {
        self.0.contains(&name.to_string())
    }

    /// An expression of which only the value is used.
    fn value(&mut self, expr: &Expr) {
        match strip(expr) {
            Expr::Path(_) => {}
            Expr::Field(field) => self.value(&field.base),
            Expr::Index(index) => {
                self.before(&index.expr, &index.index);
                self.value(&index.index);
            }
            expr => self.visit_expr(expr),
        }
    }

    /// An operand of which only the value is used, but of which an operator's method may hold a borrow while another
    /// operand suspends.
    fn before(&mut self, operand: &Expr, next: &Expr) {
        if suspends(next) {
            self.visit_expr(operand);
        } else {
            self.value(operand);
        }
    }

    fn values<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.value(expr));
    }

    /// An expression that a pattern is matched on.
    fn matched<'p>(&mut self, expr: &Expr, mut pats: impl Iterator<Item = &'p Pat>) {
        if pats.any(may_refer) {
            self.visit_expr(expr);
        } else {
            self.value(expr);
        }
    }

    /// All names in tokens, and those that may be captured by a format string.
    fn mentioned(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    self.0.insert(name.to_string());
                }
                TokenTree::Group(group) => self.mentioned(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                        self.0.extend(captures(&text).iter().map(Ident::to_string));
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Lent {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            // A place that is used as such.
            Expr::Path(path) => {
                if let Some(name) = path.path.get_ident() {
                    self.0.insert(name.to_string());
                }
            }
            Expr::Closure(_) | Expr::Async(_) | Expr::Macro(_) | Expr::Verbatim(_) => {
                self.mentioned(expr.to_token_stream());
            }
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                self.mentioned(expr.to_token_stream());
            }
            Expr::Call(call) => {
                self.visit_expr(&call.func);
                self.values(&call.args);
            }
            Expr::MethodCall(call) => {
                self.visit_expr(&call.receiver);
                self.values(&call.args);
            }
            Expr::Binary(binary) => {
                self.before(&binary.left, &binary.right);
                self.value(&binary.right);
            }
            Expr::Unary(unary) if !matches!(unary.op, syn::UnOp::Deref(_)) => {
                self.value(&unary.expr);
            }
            Expr::Assign(assign) => self.values([&*assign.left, &*assign.right]),
            Expr::Tuple(tuple) => self.values(&tuple.elems),
            Expr::Array(array) => self.values(&array.elems),
            Expr::Struct(literal) => {
                self.values(literal.fields.iter().map(|field| &field.expr));
                self.values(literal.rest.as_deref());
            }
            Expr::Range(range) => {
                self.values(range.start.as_deref());
                self.values(range.end.as_deref());
            }
            Expr::Repeat(repeat) => self.value(&repeat.expr),
            Expr::Cast(cast) => self.value(&cast.expr),
            Expr::Index(index) => {
                self.visit_expr(&index.expr);
                self.value(&index.index);
            }
            Expr::Yield(yield_) => self.values(yield_.expr.as_deref()),
            Expr::Return(return_) => self.values(return_.expr.as_deref()),
            Expr::Break(break_) => self.values(break_.expr.as_deref()),
            Expr::Try(try_) => self.value(&try_.expr),
            Expr::Let(let_) => {
                self.matched(&let_.expr, iter::once(&*let_.pat));
                self.visit_pat(&let_.pat);
            }
            Expr::If(if_) => {
                self.value(&if_.cond);
                self.visit_block(&if_.then_branch);
                self.values(if_.else_branch.as_ref().map(|(_, otherwise)| &**otherwise));
            }
            Expr::While(while_) => {
                self.value(&while_.cond);
                self.visit_block(&while_.body);
            }
            Expr::ForLoop(for_) => {
                self.visit_pat(&for_.pat);
                self.value(&for_.expr);
                self.visit_block(&for_.body);
            }
            Expr::Match(match_) => {
                self.matched(&match_.expr, match_.arms.iter().map(|arm| &arm.pat));
                for arm in &match_.arms {
                    self.visit_pat(&arm.pat);
                    self.value(&arm.body);
                }
            }
            expr => visit::visit_expr(self, expr),
        }
    }

    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        match stmt {
            Stmt::Expr(expr, _) => self.value(expr),
            Stmt::Local(local) => {
                self.visit_pat(&local.pat);
                if let Some(init) = &local.init {
                    self.matched(&init.expr, iter::once(&local.pat));
                    self.values(init.diverge.as_ref().map(|(_, diverge)| &**diverge));
                }
            }
            Stmt::Macro(call) => self.mentioned(call.mac.tokens.clone()),
            Stmt::Item(_) => {}
        }
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        match pat {
            Pat::Macro(pat) => self.mentioned(pat.mac.tokens.clone()),
            Pat::Guard(guarded) => {
                self.visit_pat(&guarded.pat);
                self.value(&guarded.guard);
            }
            pat => visit::visit_pat(self, pat),
        }
    }
}

/// Whether a pattern may borrow what it is matched on. What a macro expands to may.
fn may_refer(pat: &Pat) -> bool {
    struct HasMacro(bool);
    impl<'ast> Visit<'ast> for HasMacro {
        fn visit_macro(&mut self, _: &'ast syn::Macro) {
            self.0 = true;
        }
        fn visit_pat_guard(&mut self, guarded: &'ast syn::PatGuard) {
            self.visit_pat(&guarded.pat);
        }
    }
    let mut has_macro = HasMacro(false);
    has_macro.visit_pat(pat);
    has_macro.0 || pattern_use(pat).refers
}
