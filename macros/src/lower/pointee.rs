//! Methods called on what a pointer points to, which may be unsized, or be taken out of a box.
//!
//! ```text
//! (*x).f(a)       the last use of a saved local
//!     →  .. the probe: does `(*local).f(a)` move `local`? ..
//!        if probe.moves() { let mut local = x_saved.take(); (*local).f(a) } else { (*(*x.at())).f(a) }
//! ```
//!
//! What is taken out of a box leaves nothing in it that would have to be dropped, so that the pointer is taken
//! with it. Only where something is put into the box again is it a part of the pointer, as a field is.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Expr, UnOp};

use super::{Lower, argument::any_closure, asks::is_borrowing, receiver::is_taking};
use crate::syntax::{self, part_path};

impl Lower<'_> {
    /// Whether a method is called on what a pointer points to, and nothing tells that it is sized.
    pub(super) fn is_unsized_pointee(&self, call: &syn::ExprMethodCall) -> bool {
        let is_pointee = matches!(
            syntax::strip(&call.receiver),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_))
        );
        let is_assigned = part_path(&call.receiver)
            .is_some_and(|(name, _)| self.assigned_in_part.contains(&name.to_string()));
        let is_taken = any_closure(&call.args) && is_taking(&call.method);
        is_pointee && !is_taken && (!is_assigned || is_borrowing(&call.method))
    }

    /// Whether a method is called on what a pointer points to that is made where it stands, of the value of a suspension
    /// point: then nothing comes between the two.
    pub(super) fn is_pointer_made(&self, call: &syn::ExprMethodCall) -> bool {
        let mut pointer = syntax::strip(&call.receiver);
        while let Expr::Unary(unary) = pointer {
            pointer = syntax::strip(&unary.expr);
        }
        self.is_unsized_pointee(call)
            && is_value(pointer)
            && !call.args.iter().any(|arg| self.suspends(arg))
    }

    /// A call on what a pointer points to.
    pub(super) fn pointee_receiver(&mut self, expr: &mut Expr, span: Span, method: &TokenStream) {
        let Expr::MethodCall(call) = expr else { return };
        if any_closure(&call.args) || is_borrowing(&call.method) {
            return self.receiver_and_arguments(call);
        }
        let (pointer, depth) = pointer(&mut call.receiver);
        let called = |receiver: &TokenStream, args: &TokenStream| {
            let place = (0..depth).fold(receiver.clone(), |inner, _| quote!((*#inner)));
            quote!(#place #method(#args))
        };
        if matches!(syntax::strip(pointer), Expr::Field(_)) {
            match self.call_on_part(pointer, &mut call.args, called) {
                Some(called) => *expr = called,
                None => self.receiver_and_arguments(call),
            }
            return;
        }
        if !self.in_closure && self.hold && is_value(pointer) {
            *call.receiver = pointer.clone();
            return self.temporary_receiver(expr, span, method, called);
        }
        match self.moved_by_call(pointer) {
            Some((slot, last)) => {
                let (args, receive) = self.arguments_of_moved(slot, span, &mut call.args);
                *expr = self.decide((slot, last), span, &receive, &args, called);
            }
            None => self.receiver_and_arguments(call),
        }
    }
}

/// Whether a pointer is made where it stands.
fn is_value(pointer: &Expr) -> bool {
    matches!(
        syntax::strip(pointer),
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Macro(_) | Expr::Try(_)
    )
}

/// The pointer that a place is dereferenced from, and how often it is.
fn pointer(place: &mut Expr) -> (&mut Expr, usize) {
    let is_outer = matches!(place, Expr::Paren(_) | Expr::Group(_))
        || matches!(place, Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)));
    if !is_outer {
        return (place, 0);
    }
    match place {
        Expr::Paren(paren) => pointer(&mut paren.expr),
        Expr::Group(group) => pointer(&mut group.expr),
        Expr::Unary(unary) => {
            let (inner, depth) = pointer(&mut unary.expr);
            (inner, depth + 1)
        }
        _ => unreachable!("only these three stand around a pointer"),
    }
}
