//! Assignment.
//!
//! ```text
//! x = f()           →  match f() { value => set(&mut x_saved, value) }
//! p.name = f()      →  the same of a part which may have been moved: it drops the old value, or there is none
//! (x, y) = f()      →  { let a; let b; (a, b) = f(); set(&mut x_saved, a); set(&mut y_saved, b) }
//! ```

use proc_macro2::TokenStream;
use syn::Expr;

use super::{Lower, value::is_plain_place, verbatim};
use crate::{
    hygiene::{private, span_of},
    syntax::{self, is_place},
};

impl Lower<'_> {
    pub(super) fn assign(&mut self, expr: &mut Expr) {
        let Expr::Assign(assign) = expr else { return };
        let span = span_of(&assign);
        if self.assign_at_index(assign) {
            return;
        }
        if self.suspends(&assign.left) {
            self.errors.reject(
                &assign.left,
                "a suspension point on the left of `=` is not supported yet; bind it first: \
                 `let index = ..;`",
            );
        }
        if matches!(*assign.left, Expr::Infer(_)) && is_place(&assign.right) {
            // Neither moved nor copied.
            self.place(&mut assign.right);
            return;
        }
        self.value(&mut assign.right);
        if let Some(refill) = self.refill(&assign.left) {
            self.place(&mut assign.left);
            let (left, right) = (&assign.left, &assign.right);
            *expr = verbatim(at! {super::mixed(span)=>
                (match (#right) {
                    value => #private::refill(&raw mut #left, #refill, value),
                })
            });
            return;
        }
        let saved = syntax::as_name(&assign.left).and_then(|name| self.saved(name));
        match saved {
            Some(slot) if !self.in_closure => {
                let guard = self.guard_of(slot, span_of(&assign.left));
                let right = &assign.right;
                let span = super::mixed(span);
                // The value first: it may be made of the local's old one.
                *expr = verbatim(at! {span=>
                    (match (#right) { value => #private::set(&mut #guard, value) })
                });
            }
            _ if destructures(&assign.left) && !self.in_closure => {
                let mut sets = TokenStream::new();
                let mut names = Vec::new();
                self.destructured(&mut assign.left, &mut names, &mut sets);
                let (left, right) = (&assign.left, &assign.right);
                *expr = verbatim(at!(span=> ({
                    #(let #names;)*
                    #left = #right;
                    #sets
                })));
            }
            _ => self.place(&mut assign.left),
        }
    }

    /// `a[yield i] = b`: `b` is evaluated first, then `i`.
    fn assign_at_index(&mut self, assign: &mut syn::ExprAssign) -> bool {
        match &mut *assign.left {
            Expr::Index(index) if self.suspends(&index.index) && is_plain_place(&index.expr) => {
                self.operands(&mut [(&mut assign.right, false), (&mut index.index, false)]);
                self.place(&mut index.expr);
                true
            }
            _ => false,
        }
    }

    /// The saved locals in a destructuring assignment are assigned from plain ones.
    fn destructured(
        &mut self,
        left: &mut Expr,
        names: &mut Vec<syn::Ident>,
        sets: &mut TokenStream,
    ) {
        match left {
            Expr::Tuple(e) => e
                .elems
                .iter_mut()
                .for_each(|e| self.destructured(e, names, sets)),
            Expr::Array(e) => e
                .elems
                .iter_mut()
                .for_each(|e| self.destructured(e, names, sets)),
            Expr::Call(e) => e
                .args
                .iter_mut()
                .for_each(|e| self.destructured(e, names, sets)),
            Expr::Struct(e) => {
                e.fields
                    .iter_mut()
                    .for_each(|f| self.destructured(&mut f.expr, names, sets));
            }
            Expr::Paren(e) => self.destructured(&mut e.expr, names, sets),
            Expr::Infer(_) | Expr::Range(_) => {}
            _ => match syntax::as_name(left).and_then(|name| self.saved(name)) {
                Some(slot) => {
                    let guard = self.guard_of(slot, span_of(&left));
                    let name = super::located(
                        &quote::format_ident!("assigned_{}", names.len()),
                        span_of(&left),
                    );
                    sets.extend(q!(#private::set(&mut #guard, #name);));
                    *left = verbatim(q!(#name));
                    names.push(name);
                }
                None => {
                    // Assigned below, where it is known whether it has been moved.
                    if let Some(refill) = self.refill(left) {
                        let name = super::located(
                            &quote::format_ident!("assigned_{}", names.len()),
                            span_of(left),
                        );
                        self.place(left);
                        sets.extend(q!(#private::refill(&raw mut #left, #refill, #name);));
                        *left = verbatim(q!(#name));
                        names.push(name);
                    } else {
                        self.place(left);
                    }
                }
            },
        }
    }

    /// `a += yield b`: whether `a` or `b` comes first depends on their types, unless `a` is a plain place.
    pub(super) fn check_compound(&mut self, left: &Expr, right: &Expr) {
        if self.suspends(left) || (self.suspends(right) && !is_plain_place(left)) {
            self.errors.reject(
                left,
                "an assignment to this place with a suspension point is not supported yet; bind the \
                 value first: `let value = ..;`",
            );
        }
    }
}

fn destructures(left: &Expr) -> bool {
    matches!(
        left,
        Expr::Tuple(_) | Expr::Array(_) | Expr::Call(_) | Expr::Struct(_) | Expr::Paren(_)
    )
}
