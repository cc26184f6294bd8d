//! The temporaries of a full expression, named. One may be borrowed across a suspension point as a local may,
//! so it becomes one:
//!
//! ```text
//! f(&g());     →  { let mut temporary_1; (temporary_1 = g(), f(&temporary_1)).1; }
//! ```
//!
//! or, if a `let` extends it, of the block.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{
    Block, Expr, ExprLet, Ident, Pat, Stmt, parse_quote,
    spanned::Spanned,
    visit_mut::{self, VisitMut},
};

use super::{conditions::is_chain, is_lazy};
use crate::{
    coerced::is_told,
    edition,
    hygiene::{Ends, private, span_of},
    resolve::Locals,
    syntax::{
        Used, has_let, is_constant, is_constant_value, is_constructor, is_static_receiver,
        pattern_use, stmt_suspends, strip, suspends,
    },
};

/// A temporary that has a name.
pub(super) struct Temporary {
    pub(super) name: Ident,
    /// Whether its place is evaluated before a suspension point, and used after it. Any other is used as soon
    /// as it has a value.
    pub(super) is_used_later: bool,
    /// Whether it is given its value through a reference, and so has to have one before.
    is_referred: bool,
}

/// Its declaration.
impl ToTokens for Temporary {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name = &self.name;
        tokens.extend(if self.is_referred {
            q!(let mut #name = #private::Temporary::new();)
        } else {
            q!(let mut #name;)
        });
    }
}

/// What temporaries are named by.
pub(super) struct Naming<'l> {
    /// How many names have been given.
    pub(super) count: usize,
    /// The locals of the body.
    pub(super) locals: &'l Locals,
}

/// The temporaries of a statement in a block that suspends.
pub(super) struct Named {
    /// Those that live as long as the statement.
    pub(super) of_stmt: Vec<Temporary>,
    /// Those that live as long as the block.
    pub(super) of_block: Vec<Temporary>,
    /// What is evaluated before the statement: the value that a pattern takes apart and refers to.
    pub(super) first: Option<Expr>,
}

impl Named {
    /// Names them.
    pub(super) fn of(naming: &mut Naming, stmt: &mut Stmt) -> Self {
        let stmt_suspends = stmt_suspends(stmt);
        let mut temporaries = Temporaries {
            naming,
            found: Vec::new(),
        };
        let mut named = Named {
            of_stmt: Vec::new(),
            of_block: Vec::new(),
            first: None,
        };
        match stmt {
            Stmt::Expr(expr, _) if stmt_suspends => temporaries.visit_expr_mut(expr),
            Stmt::Local(local) => {
                if let Some(init) = &mut local.init {
                    let used = pattern_use(&local.pat);
                    if used.refers && (used.takes || suspends(&init.expr)) {
                        // What it does not refer to is moved; or it is no expression of its own.
                        named.first = temporaries.hoist(&mut init.expr, true);
                    } else if used.refers {
                        temporaries.name_referred(&mut init.expr);
                    }
                    temporaries.name_extended(&mut init.expr);
                    named.of_block = std::mem::take(&mut temporaries.found);
                    let expr = named.first.as_mut().unwrap_or(&mut init.expr);
                    if suspends(expr) {
                        temporaries.visit_expr_mut(expr);
                    }
                }
            }
            _ => {}
        }
        named.of_stmt = temporaries.found;
        named
    }
}

/// Names what a method is called on, and what `&` is applied to, where it is a value.
pub(super) struct Temporaries<'c, 'l> {
    naming: &'c mut Naming<'l>,
    found: Vec<Temporary>,
}

/// The temporaries of what a `let` condition matches on.
#[derive(Default)]
pub(super) struct Condition {
    /// They live as long as the branch.
    pub(super) temporaries: Vec<Temporary>,
    /// What is evaluated before: the value that the pattern takes apart and refers to.
    pub(super) first: Option<Expr>,
}

impl Condition {
    /// Names them.
    pub(super) fn of(naming: &mut Naming, condition: &mut ExprLet) -> Self {
        let mut temporaries = Temporaries {
            naming,
            found: Vec::new(),
        };
        let first = temporaries.condition(condition);
        Condition {
            temporaries: temporaries.found,
            first,
        }
    }
}

impl<'c, 'l> Temporaries<'c, 'l> {
    /// Names those of a full expression.
    pub(super) fn of(naming: &'c mut Naming<'l>, expr: &mut Expr) -> Vec<Temporary> {
        let mut temporaries = Temporaries {
            naming,
            found: Vec::new(),
        };
        temporaries.visit_expr_mut(expr);
        temporaries.found
    }

    /// Names what `let` in a condition matches on. Returns what is evaluated before.
    fn condition(&mut self, condition: &mut ExprLet) -> Option<Expr> {
        self.visit_expr_mut(&mut condition.expr);
        let refers = pattern_use(&condition.pat).refers;
        self.name_scrutinee(&mut condition.expr, refers)
    }

    /// Names a value of which a pattern borrows a part.
    fn name_scrutinee(&mut self, expr: &mut Expr, refers: bool) -> Option<Expr> {
        (refers && !is_path(expr))
            .then(|| self.hoist(expr, true))
            .flatten()
    }

    fn visit_conjuncts(&mut self, cond: &mut Expr) {
        match cond {
            Expr::Binary(binary) if is_lazy(binary.op) => {
                self.visit_conjuncts(&mut binary.left);
                self.visit_conjuncts(&mut binary.right);
            }
            Expr::Let(condition) => {
                self.visit_expr_mut(&mut condition.expr);
                if pattern_use(&condition.pat).refers && !is_path(&condition.expr) {
                    self.name_referred(&mut condition.expr);
                }
            }
            cond => self.visit_expr_mut(cond),
        }
    }

    /// `let ref x = f();` → `let ref x = *{ temporary_1 = f(); &mut temporary_1 };`
    fn name_referred(&mut self, init: &mut Expr) {
        if let Some(assign) = self.hoist(init, true) {
            let ends = Ends::of(init);
            let borrowed = ends.stretch(quote!(&mut #init));
            let referred = ends.stretch(quote!(*{ #assign; #borrowed }));
            // Parsed, for what is assigned has not been visited.
            *init = syn::parse2(referred.clone()).unwrap_or(Expr::Verbatim(referred));
        }
    }

    /// The operands of an initialiser whose temporaries live as long as the block, wherever they stand:
    /// as in `lower/block.rs`.
    fn name_extended(&mut self, init: &mut Expr) {
        match init {
            Expr::Reference(reference) => {
                self.name_extended(&mut reference.expr);
                self.name_operand(init);
            }
            Expr::Paren(e) => self.name_extended(&mut e.expr),
            Expr::Group(e) => self.name_extended(&mut e.expr),
            Expr::Cast(e) => self.name_extended(&mut e.expr),
            Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| self.name_extended(e)),
            Expr::Array(e) => e.elems.iter_mut().for_each(|e| self.name_extended(e)),
            Expr::Struct(e) => {
                e.fields
                    .iter_mut()
                    .for_each(|field| self.name_extended(&mut field.expr));
            }
            Expr::Call(e) if is_constructor(&e.func) => {
                e.args.iter_mut().for_each(|e| self.name_extended(e));
            }
            Expr::Block(e) => self.name_extended_tail(&mut e.block),
            Expr::Unsafe(e) => self.name_extended_tail(&mut e.block),
            Expr::If(e) => {
                self.name_extended_tail(&mut e.then_branch);
                if let Some((_, otherwise)) = &mut e.else_branch {
                    self.name_extended(otherwise);
                }
            }
            Expr::Match(e) => {
                e.arms
                    .iter_mut()
                    .for_each(|arm| self.name_extended(&mut arm.body));
            }
            _ => {}
        }
    }

    fn name_extended_tail(&mut self, block: &mut Block) {
        if let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() {
            self.name_extended(tail);
        }
    }

    /// `&f()` → `(temporary_1 = f(), &temporary_1).1`
    fn name_operand(&mut self, expr: &mut Expr) {
        let assign = match expr {
            Expr::MethodCall(call) if is_static_receiver(&call.receiver) => None,
            // A method may borrow it mutably.
            Expr::MethodCall(call) => self.hoist(&mut call.receiver, true),
            Expr::Reference(reference) if is_told(&reference.expr) => {
                if !self.is_promoted(reference) {
                    *expr = self.keep(reference);
                }
                None
            }
            Expr::Reference(reference) => {
                let mutable = reference.mutability.is_some();
                self.hoist(&mut reference.expr, mutable)
            }
            _ => None,
        };
        if let Some(assign) = assign {
            *expr = parse_quote!((#assign, #expr).1);
        }
    }

    /// `&[&a, &b]` → `kept_ref([&a, &b], &mut temporary_1)`
    fn keep(&mut self, reference: &syn::ExprReference) -> Expr {
        let name = self.name(&reference.expr, true);
        let value = &reference.expr;
        let kept = match reference.mutability {
            Some(_) => quote!(#private::kept_mut(#value, &mut #name)),
            None => quote!(#private::kept_ref(#value, &mut #name)),
        };
        let kept = Ends::of(reference).stretch(kept);
        parse_quote!(#kept)
    }

    /// Whether rustc makes a constant of what is borrowed.
    fn is_promoted(&self, reference: &syn::ExprReference) -> bool {
        let value = &reference.expr;
        let is_closure = matches!(strip(value), Expr::Closure(e) if e.asyncness.is_none());
        let captures =
            || Used::of(value).is_hidden || !self.naming.locals.used_in(value).is_empty();
        reference.mutability.is_none() && (is_constant_value(value) || is_closure && !captures())
    }

    /// Names a value.
    fn name(&mut self, value: &Expr, is_referred: bool) -> Ident {
        self.naming.count += 1;
        let span = Span::mixed_site().located_at(value.span());
        let name = format_ident!("temporary_{}", self.naming.count, span = span);
        self.found.push(Temporary {
            name: name.clone(),
            is_used_later: false,
            is_referred,
        });
        name
    }

    /// Replaces the value that a place is a part of. Returns the assignment to its name.
    fn hoist(&mut self, expr: &mut Expr, mutable: bool) -> Option<Expr> {
        match expr {
            Expr::Paren(e) => self.hoist(&mut e.expr, mutable),
            Expr::Group(e) => self.hoist(&mut e.expr, mutable),
            Expr::Field(e) => self.hoist(&mut e.base, mutable),
            Expr::Index(e) => {
                let assign = self.hoist(&mut e.expr, mutable)?;
                if let Some(last) = self.found.last_mut() {
                    last.is_used_later |= suspends(&e.index);
                }
                Some(assign)
            }
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => self.hoist(&mut e.expr, false),
            Expr::Path(path) if path.path.get_ident().is_some_and(|name| !is_constant(name)) => {
                None
            }
            // Promoted to a static.
            value if !mutable && is_constant_value(value) => None,
            value => {
                let name = self.name(value, false);
                let place = at!(span_of(value)=> (#name));
                let assign = parse_quote!(#name = #value);
                *value = Expr::Verbatim(place);
                Some(assign)
            }
        }
    }
}

impl VisitMut for Temporaries<'_, '_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) | Expr::While(_) => return,
            // Conditions have temporaries of their own.
            Expr::If(if_) if !has_let(&if_.cond) || is_chain(&if_.cond) || edition::is_2024() => {
                if let Some((_, otherwise)) = &mut if_.else_branch {
                    self.visit_expr_mut(otherwise);
                }
                return;
            }
            // Before edition 2024, what an `if let` matches on drops with the statement.
            Expr::If(if_) => {
                let first = match &mut *if_.cond {
                    Expr::Let(condition) => self.condition(condition),
                    _ => None,
                };
                if let Some((_, otherwise)) = &mut if_.else_branch {
                    self.visit_expr_mut(otherwise);
                }
                if let Some(first) = first {
                    *expr = after(&first, expr);
                }
                return;
            }
            // And so do operands that may not be evaluated, and arms.
            Expr::Binary(binary) if is_lazy(binary.op) => return,
            Expr::Match(match_) => {
                self.visit_expr_mut(&mut match_.expr);
                for arm in &mut match_.arms {
                    // What a guard binds may refer to them in the arm.
                    match &mut arm.pat {
                        Pat::Guard(guarded) if has_let(&guarded.guard) => {
                            self.visit_conjuncts(&mut guarded.guard);
                        }
                        _ => {}
                    }
                }
                let refers = match_.arms.iter().any(|arm| pattern_use(&arm.pat).refers);
                if let Some(first) = self.name_scrutinee(&mut match_.expr, refers) {
                    *expr = after(&first, expr);
                }
                return;
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
        self.name_operand(expr);
    }
    // Statements of inner blocks have temporaries of their own.
    fn visit_block_mut(&mut self, _: &mut Block) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

/// The value of branches after an assignment, of the type that is expected of it.
fn after(assign: &Expr, value: &Expr) -> Expr {
    let after = Ends::of(value).stretch(quote!(#private::after(#assign, #value)));
    parse_quote!(#after)
}

/// Whether an expression is a part of a local, or of something that is no local: constants are not kept.
fn is_path(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Path(_) => true,
        Expr::Field(field) => is_path(&field.base),
        Expr::Index(index) => is_path(&index.expr),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)) && is_path(&unary.expr),
        _ => false,
    }
}
