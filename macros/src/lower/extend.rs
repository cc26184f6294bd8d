//! Temporaries that a `let` borrows, which live as long as its block.
//!
//! ```text
//! let x = &f();      →  let x = &(*put(&mut extended_1_saved, f()));      where the guard is the block's
//! ```
//!
//! The initialiser is marked first, `&#[extended(1)] extended(f())`, and lowered as any expression, so that
//! what is extended is evaluated where it stands: in a branch, after a suspension point.
//!
//! Rule: reference, "Temporary lifetime extension".

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Block, Expr, LocalInit, Pat, Stmt, parse_quote};

use super::{Guard, Lower, pattern::Scrutinee, std_macro::pinned, verbatim};
use crate::{
    frame::{ScopeId, SlotId},
    hygiene::{private, span_of},
    syntax::{
        self, Special, extended_slot, is_constant_value, is_constructor, macro_name, part_path,
        pattern_use, special,
    },
};

impl Lower<'_> {
    /// Marks what an initialiser borrows for as long as the block, and gives it slots.
    pub(super) fn extend_temporaries(
        &mut self,
        init: &mut Expr,
        pat: &Pat,
        extended: &mut Extended,
    ) {
        if pattern_use(pat).refers && !is_local_place(init) {
            let ty = match pat {
                Pat::Type(typed) => Some((*typed.ty).clone()),
                _ => None,
            };
            self.extend(init, ty.as_ref(), extended);
            return;
        }
        self.extend_operands(init, extended);
    }

    fn extend_operands(&mut self, expr: &mut Expr, extended: &mut Extended) {
        match expr {
            Expr::Reference(reference) => {
                let operand = &mut reference.expr;
                let promoted = reference.mutability.is_none() && self.is_promoted(operand);
                if !promoted && !is_local_place(operand) {
                    self.extend_operands(operand, extended);
                    self.extend(operand, None, extended);
                }
            }
            Expr::Paren(e) => self.extend_operands(&mut e.expr, extended),
            Expr::Group(e) => self.extend_operands(&mut e.expr, extended),
            Expr::Cast(e) => self.extend_operands(&mut e.expr, extended),
            Expr::Tuple(e) => e
                .elems
                .iter_mut()
                .for_each(|e| self.extend_operands(e, extended)),
            Expr::Array(e) => e
                .elems
                .iter_mut()
                .for_each(|e| self.extend_operands(e, extended)),
            Expr::Struct(e) => {
                e.fields
                    .iter_mut()
                    .for_each(|f| self.extend_operands(&mut f.expr, extended));
            }
            Expr::Call(e) if macro_name(e).as_deref() == Some("format_args") => {
                let is_constant = syntax::argument_values(e).all(|arg| is_constant_value(arg));
                if extended.outlive && !is_constant {
                    self.errors.reject(
                        &e.func,
                        "`format_args!` across a suspension point: what it borrows is gone by then; write \
                         `format!`, or `format_args!` where it is used",
                    );
                }
            }
            Expr::Call(e) if special(e) == Some(Special::Macro) => {
                // `pin!(f())` is a pinned `&mut f()`.
                if let (Some("pin"), Some(operand)) = (macro_name(e).as_deref(), e.args.first_mut())
                {
                    self.check_pin(operand);
                    self.extend(operand, None, extended);
                    let pinned = pinned(&e.func);
                    *expr = parse_quote!(#pinned(&mut #operand));
                }
            }
            // A constructor.
            Expr::Call(e) if is_constructor(&e.func) => {
                e.args
                    .iter_mut()
                    .for_each(|e| self.extend_operands(e, extended));
            }
            Expr::Block(e) => {
                // A `break` may come before the tail.
                let conditional = extended.conditional || e.label.is_some();
                let outer = std::mem::replace(&mut extended.conditional, conditional);
                self.extend_tail(&mut e.block, extended);
                extended.conditional = outer;
            }
            Expr::If(e) => {
                let outer = std::mem::replace(&mut extended.conditional, true);
                self.extend_tail(&mut e.then_branch, extended);
                if let Some((_, otherwise)) = &mut e.else_branch {
                    self.extend_operands(otherwise, extended);
                }
                extended.conditional = outer;
            }
            Expr::Match(e) => {
                let outer = std::mem::replace(&mut extended.conditional, true);
                e.arms
                    .iter_mut()
                    .for_each(|arm| self.extend_operands(&mut arm.body, extended));
                extended.conditional = outer;
            }
            _ => {}
        }
    }

    fn extend_tail(&mut self, block: &mut Block, extended: &mut Extended) {
        if let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() {
            self.extend_operands(tail, extended);
        }
    }

    fn extend(&mut self, expr: &mut Expr, ty: Option<&syn::Type>, extended: &mut Extended) {
        // Of a part of a value, the value is what is extended.
        match expr {
            _ if is_local_place(expr) => return,
            Expr::Field(e) => return self.extend(&mut e.base, None, extended),
            Expr::Index(e) => return self.extend(&mut e.expr, None, extended),
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => {
                return self.extend(&mut e.expr, None, extended);
            }
            Expr::Paren(e) => return self.extend(&mut e.expr, ty, extended),
            _ => {}
        }
        let inner = std::mem::replace(&mut self.scope, extended.scope);
        let slot = self.anonymous("extended");
        self.scope = inner;
        self.frame.get_mut(slot).tracked = extended.conditional;
        extended.guards.push(Guard::since(slot, self.points.len()));
        let ty = ty.map(|ty| Expr::Verbatim(quote!(#ty)));
        *expr = syntax::extended_call(slot.0, expr, ty);
    }

    /// Where the pattern of a `let` does not match, even what it extends drops before `else`.
    pub(super) fn drop_before_else(&self, init: &mut LocalInit, extended: &Extended) {
        let Some((_, diverge)) = &mut init.diverge else {
            return;
        };
        let drops: TokenStream = extended
            .guards
            .iter()
            .rev()
            .map(|guard| {
                let guard = &self.frame.get(guard.slot).guard;
                q!(#private::drop_now(&mut #guard);)
            })
            .collect();
        if !drops.is_empty() {
            let drops = verbatim(q!({ #drops }));
            **diverge = parse_quote!({ #drops; #diverge });
        }
    }

    /// A value that is extended, where it is evaluated.
    pub(super) fn extended(&mut self, expr: &mut Expr) {
        let Expr::Call(call) = expr else { return };
        let Some(slot) = extended_slot(call).map(SlotId) else {
            return;
        };
        let mut args = call.args.iter_mut();
        let (Some(value), ty) = (args.next(), args.next()) else {
            return;
        };
        self.value(value);
        self.comes_to_be(slot);
        let guard = &self.frame.get(slot).guard;
        let value = match ty {
            Some(ty) => q!({ let value: #ty = #value; value }),
            None => quote!(#value),
        };
        *expr = verbatim(q!((*#private::put(&mut #guard, #value))));
    }

    /// Notes that what is extended is there from here on.
    pub(super) fn comes_to_be(&mut self, slot: SlotId) {
        if !self.frame.get(slot).tracked {
            self.came_to_be.insert(slot, self.points.len());
        }
    }

    /// A value that is extended, or a part of one, of which a pattern takes some parts and refers to others.
    pub(super) fn extended_scrutinee(&mut self, expr: &mut Expr) -> Option<Scrutinee> {
        let root = value_of(expr);
        let span = span_of(&root);
        let Expr::Call(call) = &*root else {
            return None;
        };
        let slot = extended_slot(call).map(SlotId)?;
        self.extended(root);
        let put = q!(&raw mut #root);
        let name = &self.frame.get(slot).name;
        *root = parse_quote!(#name);
        let (_, path) = part_path(expr)?;
        *value_of(expr) = verbatim(self.place_of(slot, span));
        let mut owned = self.owned_part(slot, expr, path);
        owned.put = Some(put);
        Some(Scrutinee::Owned(owned))
    }

    /// The guards of what has been extended, and lowered since.
    pub(super) fn extended_guards(
        &self,
        extended: Extended,
    ) -> impl Iterator<Item = Guard> + use<> {
        let after: Vec<_> = extended
            .guards
            .iter()
            .map(|guard| self.came_to_be.get(&guard.slot).copied())
            .collect();
        extended
            .guards
            .into_iter()
            .zip(after)
            .map(|(guard, after)| Guard {
                after: after.unwrap_or(guard.after),
                ..guard
            })
    }
}

/// What a place is a part of.
fn value_of(expr: &mut Expr) -> &mut Expr {
    match expr {
        Expr::Field(field) => value_of(&mut field.base),
        Expr::Unary(syn::ExprUnary {
            op: syn::UnOp::Deref(_),
            expr,
            ..
        })
        | Expr::Paren(syn::ExprParen { expr, .. }) => value_of(expr),
        expr => expr,
    }
}

/// The temporaries of a `let` that live as long as its block.
pub(super) struct Extended {
    /// The block's scope.
    scope: ScopeId,
    /// Their guards, in order.
    guards: Vec<Guard>,
    /// Whether the operand at hand is evaluated on some paths only.
    pub conditional: bool,
    /// Whether suspension points come later in the block.
    outlive: bool,
}

impl Extended {
    pub fn new(scope: ScopeId, outlive: bool) -> Self {
        Extended {
            scope,
            guards: Vec::new(),
            conditional: false,
            outlive,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.guards.is_empty()
    }
}

/// Whether an expression is a part of a local or of what one refers to, or a part of a static: of a constant
/// we cannot tell that from it.
fn is_local_place(expr: &Expr) -> bool {
    let in_place =
        |base: &Expr| matches!(syntax::strip(base), Expr::Path(_)) || is_local_place(base);
    match syntax::strip(expr) {
        Expr::Path(_) => !is_constant_value(expr),
        Expr::Field(field) => in_place(&field.base),
        Expr::Index(index) => in_place(&index.expr),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)) && in_place(&unary.expr),
        _ => false,
    }
}
