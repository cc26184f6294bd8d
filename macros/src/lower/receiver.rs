//! Method calls: what a method is called on may be moved, borrowed or copied, and may be a temporary.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Expr;

use super::{
    Guard, Lower, Reference, Role,
    argument::any_closure,
    call::{LastUse, Receive, believe, borrow, decide, last_use},
    called::{call_on_held, is_copied, may_change},
    operand::Operand,
    operand_guard,
    place::Access,
    verbatim,
};
use crate::{
    frame::SlotId,
    hygiene::{private, span_of},
    syntax::{self, as_name, is_place, is_static_receiver, part_path},
};

/// Methods of std's iterators, options and results which take their receiver. Where a call of one of these
/// names would need its receiver twice, it is believed to take it, and rustc is asked to confirm.
const TAKING: &[&str] = &[
    "and_then",
    "chain",
    "cloned",
    "collect",
    "copied",
    "enumerate",
    "expect",
    "filter",
    "filter_map",
    "flat_map",
    "flatten",
    "fold",
    "fuse",
    "inspect",
    "into_iter",
    "is_err_and",
    "is_none_or",
    "is_ok_and",
    "is_some_and",
    "map",
    "map_err",
    "map_or",
    "map_or_else",
    "map_while",
    "ok_or",
    "ok_or_else",
    "or_else",
    "peekable",
    "product",
    "rev",
    "scan",
    "skip",
    "skip_while",
    "step_by",
    "sum",
    "take_while",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "zip",
];

/// Methods of std which take their receiver, by names that hardly anybody gives to one which borrows it. A closure
/// without `move` is believed to take a local on which it calls one of them, or one named `into_..`; rustc is
/// asked to confirm.
const CONSUMING: &[&str] = &[
    "and_then",
    "cloned",
    "collect",
    "copied",
    "enumerate",
    "expect_err",
    "filter_map",
    "flat_map",
    "map_err",
    "map_or",
    "map_or_else",
    "map_while",
    "ok_or",
    "ok_or_else",
    "or_else",
    "peekable",
    "skip_while",
    "step_by",
    "take_while",
    "unwrap",
    "unwrap_err",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
];

/// Methods of std which borrow their receiver, and return something with the closure in it that they are given. Such a
/// call cannot be written for two cases, whose closures would have two types.
const LENDING: &[&str] = &[
    "chunk_by",
    "chunk_by_mut",
    "extract_if",
    "match_indices",
    "matches",
    "rmatch_indices",
    "rmatches",
    "rsplit",
    "rsplit_mut",
    "rsplit_terminator",
    "rsplitn",
    "rsplitn_mut",
    "split",
    "split_inclusive",
    "split_inclusive_mut",
    "split_mut",
    "split_terminator",
    "splitn",
    "splitn_mut",
];

/// Methods of std's slices and strings which lend what their receiver refers to, and nothing of a reference to it that is
/// a local. Such a reference need not stay for what they return. If one of these names is of a trait that is implemented for
/// references, and lends one, rustc says that a temporary is dropped.
const LENT_BY_REFERENCES: &[&str] = &[
    "as_bytes",
    "bytes",
    "char_indices",
    "chars",
    "chunks",
    "chunks_exact",
    "iter",
    "lines",
    "match_indices",
    "matches",
    "rsplit",
    "rsplitn",
    "split",
    "split_ascii_whitespace",
    "split_at",
    "split_inclusive",
    "split_once",
    "split_terminator",
    "split_whitespace",
    "splitn",
    "strip_prefix",
    "strip_suffix",
    "trim",
    "trim_end",
    "trim_matches",
    "trim_start",
    "windows",
];

impl Lower<'_> {
    /// The saved local that is called, or on which a method is called, by name, if that may move it.
    pub(super) fn moved_by_call(&self, receiver: &Expr) -> Option<(SlotId, LastUse)> {
        let name = as_name(receiver)?;
        let slot = self.saved(name)?;
        let is_place = self.reference(name).is_some() || self.frame.get(slot).is_bound;
        let last = last_use(receiver).filter(|_| !is_place && !self.in_closure);
        last.map(|last| (slot, last))
    }

    /// Whether a method is called on a local that is used again, by a name which says that it takes the local.
    /// Then either the type is `Copy`, or rustc has refused the original, and need not refuse the body.
    fn seems_to_move(&self, call: &syn::ExprMethodCall) -> bool {
        let is_reference = as_name(&call.receiver).and_then(|name| self.reference(name));
        let takes = is_taking(&call.method) || is_conversion(&call.method);
        takes && is_reference.is_none() && !self.in_closure && !any_closure(&call.args)
    }

    /// Whether what a method lends is what a local refers to, and nothing of the local.
    fn is_lent_by_reference(&self, call: &syn::ExprMethodCall) -> bool {
        let name = as_name(&call.receiver);
        let reference = name.and_then(|name| self.reference(name));
        // Of one that is `mut`, such a trait may change the reference itself.
        let local = name.and_then(|name| self.locals.get(name));
        reference == Some(Reference::Shared)
            && local.is_some_and(|local| !local.mutable)
            && !self.in_closure
            && LENT_BY_REFERENCES.iter().any(|name| call.method == name)
            && !call.args.iter().any(|arg| self.suspends(arg))
    }

    /// Whether a method is called on a saved local which the closure around is believed to take for it.
    fn is_consumed_by_closure(&mut self, call: &syn::ExprMethodCall) -> bool {
        let Some(name) = as_name(&call.receiver) else {
            return false;
        };
        let takes = CONSUMING.iter().any(|name| call.method == name) || is_conversion(&call.method);
        let takes = takes && self.reference(name).is_none();
        if !self.in_closure || !takes || !matches!(last_use(&call.receiver), Some(LastUse::Certain))
        {
            return false;
        }
        let name = name.to_string();
        if self.saved.contains_key(&name) {
            self.consumed.insert(name);
            return false;
        }
        self.consumed.contains(&name)
    }

    /// `x.f(a, b)`
    pub(super) fn method_call(&mut self, expr: &mut Expr) {
        let Expr::MethodCall(call) = expr else { return };
        let span = call.method.span();
        if is_copied(&call.receiver, &call.args) {
            return self.value_and_arguments(&mut call.receiver, &mut call.args);
        }
        let local = as_name(&call.receiver).and_then(|name| self.saved(name));
        let method = {
            let (dot, method, turbofish) = (call.dot_token, &call.method, &call.turbofish);
            quote!(#dot #method #turbofish)
        };
        if self.is_consumed_by_closure(call) {
            self.value(&mut call.receiver);
            let receiver = call.receiver.to_token_stream();
            let args = self.arguments(&mut call.args);
            *expr = verbatim(believe(&receiver, span, &args, &method));
            return;
        }
        let called = if self.is_pointer_made(call) {
            None
        } else {
            self.asks_access(&call.receiver, &call.args)
        };
        if let Some(called) = called {
            let args = self.called_place(&mut call.receiver, &called, &mut call.args);
            let place = call.receiver.to_token_stream();
            *expr = call_on_held(
                &place,
                &called.access,
                &args,
                |receiver, args| quote!(#receiver #method(#args)),
            );
            return;
        }
        self.points_beside_closure(call);
        // What the arguments may change is not moved: it is copied before they are evaluated, or borrowed.
        if part_path(&call.receiver).is_some() && may_change(&call.receiver, &call.args) {
            return self.receiver_and_arguments(call);
        }
        match (local, self.moved_by_call(&call.receiver)) {
            (Some(_), _) if lends(call) => self.receiver_and_arguments(call),
            (_, Some((slot, last))) => {
                if any_closure(&call.args) && is_taking(&call.method) {
                    let args = self.arguments_after(Some(&mut call.receiver), &mut call.args);
                    let receiver = call.receiver.to_token_stream();
                    *expr = verbatim(believe(&receiver, span, &args, &method));
                    return;
                }
                let (args, receive) = self.arguments_of_moved(slot, span, &mut call.args);
                *expr = self.decide(
                    (slot, last),
                    span,
                    &receive,
                    &args,
                    |receiver, args| quote!(#receiver #method(#args)),
                );
            }
            (Some(slot), None) if self.seems_to_move(call) => {
                let args = self.arguments(&mut call.args);
                let place = self.place_of(slot, span_of(&call.receiver));
                *expr = borrow(
                    &place,
                    &args,
                    |receiver, args| quote!(#receiver #method(#args)),
                );
            }
            (Some(_), None) if self.is_lent_by_reference(call) => {
                self.value(&mut call.receiver);
                call.args.iter_mut().for_each(|arg| self.value(arg));
            }
            (Some(_), None) => self.receiver_and_arguments(call),
            (None, None) if is_projection(&call.receiver) => {
                self.projected_receiver(expr, span, &method);
            }
            (None, None) => {
                let keeps = self.hold || call.args.iter().any(|arg| self.suspends(arg));
                if keeps && lends(call) {
                    self.receiver_and_arguments(call);
                } else if keeps && !self.in_closure && !is_static_receiver(&call.receiver) {
                    let called = |receiver: &TokenStream, args: &TokenStream| quote!(#receiver #method(#args));
                    self.temporary_receiver(expr, span, &method, called);
                } else {
                    self.value_and_arguments(&mut call.receiver, &mut call.args);
                }
            }
        }
    }

    /// A call on a part of something.
    fn projected_receiver(&mut self, expr: &mut Expr, span: Span, method: &TokenStream) {
        let Expr::MethodCall(call) = expr else { return };
        if self.is_unsized_pointee(call) {
            return self.pointee_receiver(expr, span, method);
        }
        if any_closure(&call.args) {
            if !is_taking(&call.method) {
                return self.receiver_and_arguments(call);
            }
            if call.args.iter().any(|arg| self.suspends(arg)) {
                let args = self.arguments_after(Some(&mut call.receiver), &mut call.args);
                let receiver = call.receiver.to_token_stream();
                *expr = verbatim(believe(&receiver, span, &args, method));
                return;
            }
            let part = self
                .part_value(&mut call.receiver)
                .or_else(|| self.part_of_temporary(&mut call.receiver));
            let Some(part) = part else {
                return self.receiver_and_arguments(call);
            };
            let args = self.arguments(&mut call.args);
            *expr = verbatim(believe(&part, span, &args, method));
            return;
        }
        let called = |receiver: &TokenStream, args: &TokenStream| quote!(#receiver #method(#args));
        match self.call_on_part(&mut call.receiver, &mut call.args, called) {
            Some(called) => *expr = called,
            None => self.receiver_and_arguments(call),
        }
    }

    pub(super) fn receiver_and_arguments(&mut self, call: &mut syn::ExprMethodCall) {
        let mut operands = vec![Operand::place(&mut call.receiver, Access::Unique)];
        operands.extend(call.args.iter_mut().map(Operand::value));
        self.operands(&mut operands);
    }

    /// A value on which a method is called, while a suspension point follows before Rust would drop it. If
    /// the method borrows it, it is a saved local. Where an argument is a closure the call cannot be written
    /// for both cases: the methods of iterators, options and results that are known by name to take it are
    /// believed, and rustc is asked to confirm.
    ///
    /// `called`: the call on it.
    pub(super) fn temporary_receiver(
        &mut self,
        expr: &mut Expr,
        span: Span,
        method: &TokenStream,
        called: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
    ) {
        let Expr::MethodCall(call) = expr else { return };
        let suspends = call.args.iter().any(|arg| self.suspends(arg));
        if is_taking(&call.method) && any_closure(&call.args) && !suspends {
            self.value(&mut call.receiver);
            let receiver = call.receiver.to_token_stream();
            let args = self.arguments(&mut call.args);
            *expr = verbatim(believe(&receiver, span, &args, method));
            return;
        }
        let slot = self.temporary_slot("temporary");
        let has_points = self.suspends(&call.receiver);
        let is_full = std::mem::take(&mut self.temporaries.is_full);
        let inner = self.kept(&mut call.receiver);
        self.temporaries.is_full = is_full;
        let guard = self.frame.get(slot).guard.clone();
        let after = self.points.len();
        let receiver = &call.receiver;
        if suspends {
            // Evaluated before the arguments' suspension points.
            let mode = self.ask_mode(slot);
            let operand = operand_guard(self.frame.get(slot));
            let condition = self.until_here(has_points);
            let place = self.place_of(slot, span);
            let (stays, access) = self.points_where_it_did(slot, &place, span, &call.args);
            self.temporaries.steps.extend(q! {
                if #condition {
                    #inner
                    #mode.put(&mut #guard, &mut #operand, #receiver);
                    #stays
                }
            });
            self.temporaries.guards.push(Guard {
                role: Role::Temporary(mode.clone()),
                ..Guard::since(slot, after)
            });
            let (args, value) = self.arguments_of_operand(slot, &mode, &mut call.args);
            let place = self.place_of(slot, span);
            *expr = decide(&place, &Receive { value, access }, &args, called);
            return;
        }
        self.temporaries.steps.extend(inner);
        self.temporaries.guards.push(Guard::since(slot, after));
        let receive = q!(#private::receive_temporary(&mut #guard, #receiver));
        let args = self.arguments(&mut call.args);
        let name = &self.frame.get(slot).name;
        let place = q!((*#private::lent(#name, probe, local_type)));
        *expr = decide(&place, &receive.into(), &args, called);
    }
}

/// A place: a local, or a part of something.
fn is_projection(expr: &Expr) -> bool {
    match syntax::strip(expr) {
        Expr::Field(_) | Expr::Index(_) => true,
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
        expr => is_place(expr),
    }
}

/// Whether a call is one of those methods, with a closure.
fn lends(call: &syn::ExprMethodCall) -> bool {
    any_closure(&call.args) && LENDING.iter().any(|name| call.method == name)
}

/// `into_..`
fn is_conversion(method: &syn::Ident) -> bool {
    method.to_string().starts_with("into_")
}

pub(super) fn is_taking(method: &syn::Ident) -> bool {
    TAKING.iter().any(|name| method == name)
}
