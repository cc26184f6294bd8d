//! Places: what is borrowed, read in part, or assigned to; and those that are evaluated before a suspension
//! point and used after it.
//!
//! ```text
//! table[i()] == yield a       →  .. place_1_.init(ty.keep(&raw const table[i()])) .. the suspension point ..
//!                                (*held(place_1_)) == argument_2_
//! ```
//!
//! A place of locals, fields and `*` needs no pointer: it is the same place after the suspension point.

use proc_macro2::{Span, TokenStream};
use quote::format_ident;
use syn::{Expr, Ident, UnOp, spanned::Spanned};

use super::{
    Lower,
    called::{Called, UntilCall, keep_called},
    mixed, verbatim,
};
use crate::{
    frame::SlotId,
    hygiene::{private, span_of},
    syntax::{self, is_constant_value, is_place},
};

/// What a place is evaluated for.
#[derive(Clone)]
pub(super) enum Access {
    /// It is read, or borrowed by `&`.
    Shared,
    /// It is assigned, or borrowed by `&mut`.
    Unique,
    /// An operand of a comparison: read if it is a scalar, borrowed by `&` if not.
    Compared,
    /// What is matched on: this variable tells.
    Asked(Ident),
    /// What a call is made on: this variable tells whether that changes it.
    Called(Called),
}

impl Access {
    /// By `&` or `&mut`.
    pub fn by(mutability: Option<syn::Token![mut]>) -> Self {
        match mutability {
            Some(_) => Access::Unique,
            None => Access::Shared,
        }
    }
}

impl Lower<'_> {
    /// Lowers a place that is read, or borrowed by `&`.
    pub(super) fn place(&mut self, expr: &mut Expr) {
        self.place_for(expr, &Access::Shared);
    }

    /// Lowers a place.
    pub(super) fn place_for(&mut self, expr: &mut Expr, access: &Access) {
        match expr {
            Expr::Path(path) => {
                syntax::set_last_use(path, false);
                if let Some(slot) = path.path.get_ident().and_then(|name| self.saved(name)) {
                    *expr = verbatim(self.place_of(slot, path.span()));
                }
            }
            Expr::Paren(e) => self.place_for(&mut e.expr, access),
            Expr::Group(e) => self.place_for(&mut e.expr, access),
            Expr::Field(e) => self.place_for(&mut e.base, access),
            Expr::Index(e) if self.suspends(&e.index) && !is_plain_place(&e.expr) => {
                self.hold_place(&mut e.expr, access);
                self.value(&mut e.index);
            }
            Expr::Index(e) if self.suspends(&e.index) => {
                self.value(&mut e.index);
                self.place_for(&mut e.expr, access);
            }
            Expr::Index(e) => {
                self.place_for(&mut e.expr, access);
                self.value(&mut e.index);
            }
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {
                self.place_for(&mut e.expr, access);
            }
            _ => {
                self.held(expr);
            }
        }
    }

    /// Lowers a place that is read, or looked at by a reference which is gone when that is done: nothing that
    /// comes of it refers to a local.
    pub(super) fn look(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(path) if !self.in_closure => {
                let slot = path.path.get_ident().and_then(|name| self.saved(name));
                match slot.filter(|slot| !self.frame.get(*slot).is_bound) {
                    Some(slot) => *expr = verbatim(self.look_at(slot, path.span())),
                    None => self.place(expr),
                }
            }
            Expr::Paren(e) => self.look(&mut e.expr),
            Expr::Group(e) => self.look(&mut e.expr),
            Expr::Field(e) => self.look(&mut e.base),
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => self.look(&mut e.expr),
            _ => self.place(expr),
        }
    }

    /// The place of a saved local that is looked at in this way: it need not be in the frame for it.
    pub(super) fn look_at(&mut self, slot: SlotId, span: Span) -> TokenStream {
        self.note_read(slot);
        let name = super::located(&self.frame.get(slot).name, span);
        at!(span=> (*(#name).at()))
    }

    /// Evaluates a place before the suspension point that follows, and keeps where it is.
    pub(super) fn hold_place(&mut self, expr: &mut Expr, access: &Access) {
        let span = span_of(&expr);
        let slot = self.keep_place(expr, access);
        *expr = verbatim(self.held_place(slot, span));
    }

    /// Evaluates a place before the suspension point that follows, and returns what keeps it.
    pub(super) fn keep_place(&mut self, expr: &mut Expr, access: &Access) -> SlotId {
        let span = span_of(&expr);
        let slot = self.temporary_slot("place");
        let name = self.frame.get(slot).name.clone();
        let has_points = self.suspends(expr);
        let has_plain_base = matches!(expr, Expr::Index(e) if is_plain_place(&e.expr));
        let of_base = match access {
            Access::Called(called) => &Access::Asked(called.access.clone()),
            access => access,
        };
        let inner = self.keeping(|this| this.place_for(expr, of_base));
        // What is evaluated after nothing may as well be evaluated first, and is written once.
        let index = match expr {
            Expr::Index(e) if has_plain_base => {
                Some(std::mem::replace(&mut *e.index, verbatim(q!(index))))
            }
            _ => None,
        };
        let condition = self.until_here(has_points);
        let held = match access {
            Access::Shared => q!(#private::shared(&raw const #expr)),
            Access::Unique => q!(#private::unique(&raw mut #expr)),
            Access::Compared => q!({
                use #private::{KeepsPlace as _, KeepsValue as _};
                match &raw const #expr { place => (&#private::Ty::at(place)).keep(place) }
            }),
            Access::Asked(access) => q!({
                if #access.is_unique() {
                    #access.in_unique();
                    #access.hold(&raw mut #expr)
                } else {
                    #access.in_shared();
                    #access.hold((&raw const #expr).cast_mut())
                }
            }),
            Access::Called(Called { access, until_call }) => {
                let keep = keep_called(span, &q!(&#access));
                let of_pointers = q! {
                    CallsDeeper as _, CallsDeep as _, CallsReferent as _, CallsPointee as _, CallsPlace as _
                };
                let (uses, keep) = match until_call {
                    UntilCall::Stays => (None, q!(#access.hold(place))),
                    UntilCall::ReferentMayChange => (Some(of_pointers), keep),
                    UntilCall::MayChange => (Some(q!(#of_pointers, CallsCopy as _)), keep),
                };
                let uses = uses.map(|uses| q!(use #private::{#uses};));
                q!({
                    #uses
                    if #access.is_unique() {
                        #access.in_unique();
                        match &raw mut #expr { place => #keep }
                    } else {
                        #access.in_shared();
                        match (&raw const #expr).cast_mut() { place => #keep }
                    }
                })
            }
        };
        let held = match index {
            Some(index) => q!(match #index { index => #held }),
            None => held,
        };
        self.temporaries
            .steps
            .extend(q!(if #condition { #inner #private::init(#name, #held); }));
        slot
    }

    pub(super) fn held_place(&mut self, slot: SlotId, span: Span) -> TokenStream {
        self.placed.insert(slot);
        let name = super::located(&self.frame.get(slot).name, span);
        at!(mixed(span)=> (*#private::held(#name)))
    }

    /// A name for the access that a call makes to the place that it is made on.
    pub(super) fn ask_access(&mut self) -> Ident {
        self.count += 1;
        let access = format_ident!("access_{}_", self.count, span = Span::mixed_site());
        self.frame.accesses.push(access.clone());
        access
    }

    /// Lowers a value in a place where Rust makes a temporary of it. If a suspension point follows before
    /// that temporary is dropped, it is a saved local, which is returned.
    pub(super) fn held(&mut self, expr: &mut Expr) -> Option<SlotId> {
        let is_extended = syntax::is_extended(expr);
        let is_kept = self.hold && !self.in_closure && !is_extended;
        if !is_kept || is_constant_value(expr) || needs_no_drop(expr) {
            self.value(expr);
            return None;
        }
        self.temporary(expr)
    }

    /// A temporary that is a saved local, which is returned, if a suspension point follows before it is dropped.
    fn temporary(&mut self, expr: &mut Expr) -> Option<SlotId> {
        if !self.hold || self.in_closure {
            self.value(expr);
            return None;
        }
        let slot = self.temporary_value(expr);
        let guard = &self.frame.get(slot).guard;
        *expr = verbatim(at!(span_of(&expr)=> (*#private::put(&mut #guard, #expr))));
        Some(slot)
    }

    /// Lowers the value of a temporary that is a saved local, which is returned.
    pub(super) fn temporary_value(&mut self, expr: &mut Expr) -> SlotId {
        let slot = self.temporary_slot("temporary");
        let after = self.points.len();
        self.value(expr);
        let after = after.max(self.points.len());
        self.temporaries
            .guards
            .push(super::Guard::since(slot, after));
        slot
    }

    /// Lowers the operand of `&`. If it is a temporary that is saved, that is returned.
    pub(super) fn borrowed(
        &mut self,
        expr: &mut Expr,
        mutability: Option<syn::Token![mut]>,
    ) -> Option<SlotId> {
        let is_constant = is_constant_value(expr);
        // It has no destructor, but a place of its own.
        let is_computed = needs_no_drop(expr) && !is_place(expr) && !is_constant;
        if is_computed || is_constant && mutability.is_some() {
            return self.temporary(expr);
        }
        match syntax::strip(expr) {
            Expr::Array(_) | Expr::Tuple(_) | Expr::Call(_) => self.held(expr),
            // What it is a part of lives on as a whole.
            _ => {
                self.place_for(expr, &Access::by(mutability));
                None
            }
        }
    }
}

/// A local, or a field of one: evaluating it does nothing.
pub(super) fn is_plain_place(expr: &Expr) -> bool {
    match syntax::strip(expr) {
        Expr::Path(_) => true,
        Expr::Field(field) => is_plain_place(&field.base),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && is_plain_place(&unary.expr),
        _ => false,
    }
}

/// Whether it is plain that a value has no destructor.
fn needs_no_drop(expr: &Expr) -> bool {
    match syntax::strip(expr) {
        Expr::Lit(_) | Expr::Path(_) | Expr::Reference(_) | Expr::RawAddr(_) | Expr::Cast(_) => {
            true
        }
        Expr::Closure(closure) => closure.capture.is_none(),
        Expr::Binary(binary) => super::plain::is_truth(binary.op),
        _ => false,
    }
}
