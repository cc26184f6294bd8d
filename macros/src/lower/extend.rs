//! Temporaries that a `let` borrows, which live as long as its block.
//!
//! ```text
//! let x = &f();      →  let x = &(*put(&mut extended_1_saved, f()));      where the guard is the block's
//! ```
//!
//! Rule: reference, "Temporary lifetime extension".

use quote::quote;
use syn::{Block, Expr, Pat, Stmt};

use super::{Guard, Lower, verbatim};
use crate::{
    frame::ScopeId,
    hygiene::{private, span_of},
    syntax::{self, Special, is_constant, is_constant_value, macro_name, pattern_use, special},
};

impl Lower<'_> {
    /// `let x = &f();`: the temporary lives as long as the block, so it is a saved local of the block.
    /// Lowers such operands of an initialiser. Rule: reference, "Temporary lifetime extension".
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
                let promoted = reference.mutability.is_none() && is_constant_value(operand);
                if !is_place_or_constant(operand, promoted) {
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
            Expr::Call(e) if special(e) == Some(Special::Macro) => {
                // `pin!(f())` is a pinned `&mut f()`.
                if let (Some("pin"), Some(operand)) = (macro_name(e).as_deref(), e.args.first_mut())
                {
                    self.check_pin(operand);
                    self.extend(operand, None, extended);
                    *expr = verbatim(q!(#private::pinned(&mut #operand)));
                }
            }
            // A constructor.
            Expr::Call(e) if is_constant_value(&e.func) && is_constructor(&e.func) => {
                e.args
                    .iter_mut()
                    .for_each(|e| self.extend_operands(e, extended));
            }
            Expr::Block(e) if e.label.is_none() => {
                self.extend_tail(&mut e.block, extended);
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
        // What the block declares is not known here yet, so only a lone tail is looked into.
        if let [Stmt::Expr(tail, None)] = &mut *block.stmts {
            self.extend_operands(tail, extended);
        }
    }

    fn extend(&mut self, expr: &mut Expr, ty: Option<&syn::Type>, extended: &mut Extended) {
        // Of a part of a value, the value is what is extended.
        match expr {
            Expr::Field(e) => return self.extend_base(&mut e.base, extended),
            Expr::Index(e) if self.suspends(&e.index) => {
                self.extend_early(&mut e.expr, extended);
                return self.value(&mut e.index);
            }
            Expr::Index(e) => {
                self.extend_base(&mut e.expr, extended);
                return self.value(&mut e.index);
            }
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => {
                return self.extend_base(&mut e.expr, extended);
            }
            Expr::Paren(e) => return self.extend(&mut e.expr, ty, extended),
            _ => {}
        }
        if extended.conditional && self.suspends(expr) {
            self.errors.reject(
                &expr,
                "a temporary with a suspension point in it, borrowed on one branch of a `let`, is not \
                 supported yet; bind its value before",
            );
        }
        let inner = std::mem::replace(&mut self.scope, extended.scope);
        let slot = self.anonymous("extended");
        self.scope = inner;
        self.frame.get_mut(slot).tracked = extended.conditional;
        self.value(expr);
        let after = self.points.len();
        extended.guards.push(Guard::since(slot, after));
        let guard = &self.frame.get(slot).guard;
        let value = match ty {
            Some(ty) => q!({ let value: #ty = #expr; value }),
            None => quote!(#expr),
        };
        *expr = verbatim(q!((*#private::put(&mut #guard, #value))));
    }

    /// The value is made before the suspension points of an index into it.
    fn extend_early(&mut self, base: &mut Expr, extended: &mut Extended) {
        let has_points = self.suspends(base);
        let inner = self.keeping(|this| this.extend_base(base, extended));
        let slot = self.temporary_slot("place");
        let name = self.frame.get(slot).name.clone();
        let condition = self.until_here(has_points);
        self.temporaries.steps.extend(q! {
            if #condition { #inner #private::init(#name, #private::unique(&raw mut #base)); }
        });
        *base = verbatim(self.held_place(slot, span_of(&base)));
    }

    fn extend_base(&mut self, base: &mut Expr, extended: &mut Extended) {
        if is_local_place(base) {
            self.place(base);
        } else {
            self.extend(base, None, extended);
        }
    }
}

/// The temporaries of a `let` that live as long as its block.
pub(super) struct Extended {
    /// The block's scope.
    scope: ScopeId,
    /// Their guards, in order.
    pub guards: Vec<Guard>,
    /// Whether the operand at hand is evaluated on some paths only.
    conditional: bool,
}

impl Extended {
    pub fn new(scope: ScopeId) -> Self {
        Extended {
            scope,
            guards: Vec::new(),
            conditional: false,
        }
    }
}

/// Whether an expression is a part of a local, or of what one refers to.
fn is_local_place(expr: &Expr) -> bool {
    match syntax::strip(expr) {
        Expr::Path(_) => !is_constant_value(expr),
        Expr::Field(field) => is_local_place(&field.base),
        Expr::Index(index) => is_local_place(&index.expr),
        Expr::Unary(unary) => {
            matches!(unary.op, syn::UnOp::Deref(_)) && is_local_place(&unary.expr)
        }
        _ => false,
    }
}

/// Whether the operand of `&` needs no temporary.
fn is_place_or_constant(operand: &Expr, promoted: bool) -> bool {
    promoted || is_local_place(operand)
}

/// Whether a path is that of a tuple struct or variant.
fn is_constructor(func: &Expr) -> bool {
    matches!(func, Expr::Path(path)
        if path.path.segments.last().is_some_and(|segment| is_constant(&segment.ident)))
}
