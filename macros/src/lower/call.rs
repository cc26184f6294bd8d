//! Calls, and the question whether one moves its receiver.
//!
//! ```text
//! x.finish(a())       the last use of a saved local: rustc decides, `core/src/__private/probe.rs`
//!     →  match (a(),) { (arg_0,) => {
//!            .. the probe: does `local.finish(arg_0)` move `local`? ..
//!            if probe.moves() { probe.in_move(); let mut local = x_saved.take(); local.finish(arg_0) }
//!            else { probe.in_borrow(); (*x.at()).finish(arg_0) }
//!        } }
//! ```

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Expr;

use super::{
    Guard, Lower, Role, mixed,
    operand::{Operand, assigned_in},
    operand_guard,
    part::Movable,
    place::{Access, call_on_held, is_plain_place},
    verbatim,
};
use crate::hygiene::{private, span_of};
use crate::{
    frame::SlotId,
    syntax::{
        self, as_name, is_constant_value, is_last_use, is_place, is_static_receiver, suspends,
    },
};

/// An argument of a call that is written twice, of which one runs, and a third time for the probe.
pub(super) struct Argument {
    /// Evaluated before, if it is more than a name.
    hoisted: Option<(syn::Ident, TokenStream)>,
    /// In the call.
    pub used: TokenStream,
    /// In the probe.
    probed: Probed,
    /// Whether it is a closure.
    is_closure: bool,
}

/// How an argument stands in a probe.
enum Probed {
    /// By a stand-in of the type of this place.
    Typed(TokenStream),
    /// As it is.
    AsIs(TokenStream),
}

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
    "map",
    "map_err",
    "map_while",
    "ok_or",
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

impl Lower<'_> {
    /// Whether a local on which a call is made is assigned in the arguments, between suspension points. Then
    /// the call does not borrow it: it has been copied, or what it refers to is borrowed.
    fn is_copied(
        &self,
        receiver: &Expr,
        args: &syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> bool {
        let Some(name) = as_name(receiver) else {
            return false;
        };
        let name = name.to_string();
        args.iter().any(|arg| self.suspends(arg))
            && args.iter().any(|arg| assigned_in(arg).contains(&name))
    }

    /// Whether a call on this local, by name, may move it.
    fn may_move(&self, receiver: &Expr) -> bool {
        let reference = as_name(receiver).and_then(|name| self.reference(name));
        let slot = as_name(receiver).and_then(|name| self.saved(name));
        let is_bound = slot.is_some_and(|slot| self.frame.get(slot).is_bound);
        reference.is_none() && !is_bound && last_use(receiver) == Some(true) && !self.in_closure
    }

    /// Whether a method is called on a local that is used again, by a name which says that it takes the local.
    /// Then either the type is `Copy`, or rustc has refused the original, and need not refuse the body.
    fn seems_to_move(&self, call: &syn::ExprMethodCall) -> bool {
        let is_reference = as_name(&call.receiver).and_then(|name| self.reference(name));
        let name = call.method.to_string();
        let takes = is_taking(&call.method) || name.starts_with("into_");
        takes && is_reference.is_none() && !self.in_closure && !any_closure(&call.args)
    }

    /// `f(a, b)`
    pub(super) fn call(&mut self, expr: &mut Expr) {
        let Expr::Call(call) = expr else { return };
        if self.is_copied(&call.func, &call.args) {
            let mut operands = vec![Operand::value(&mut call.func)];
            operands.extend(call.args.iter_mut().map(Operand::value));
            return self.operands(&mut operands);
        }
        let local = as_name(&call.func).and_then(|name| self.saved(name));
        if let (Some(slot), Some(true), false) = (local, last_use(&call.func), self.in_closure) {
            let (args, span) = (&mut call.args, call.paren_token.span.join());
            let args = self.arguments(args);
            *expr = self.decide(slot, span, &args, |callee, args| q!((#callee)(#args)));
            return;
        }
        if let Some(access) = self.asks_access(&call.func, &call.args) {
            let (args, span) = (&mut call.args, call.paren_token.span.join());
            self.hold_place(&mut call.func, &Access::Asked(access.clone()));
            let place = call.func.to_token_stream();
            let args = self.arguments(args);
            *expr = call_on_held(
                &place,
                &access,
                &args,
                |callee, args| at!(span=> (#callee)(#args)),
            );
            return;
        }
        let mut operands = vec![Operand::place(&mut call.func, Access::Shared)];
        operands.extend(call.args.iter_mut().map(Operand::value));
        self.operands(&mut operands);
    }

    /// Whether a call is made on a place that is evaluated before the suspension points of its arguments,
    /// which needs more than to be named. A name for the access that the call makes to it.
    fn asks_access(
        &mut self,
        receiver: &Expr,
        args: &syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> Option<syn::Ident> {
        let suspends = args.iter().any(|arg| self.suspends(arg)) || self.suspends(receiver);
        (suspends && is_place(receiver) && !is_plain_place(receiver) && !any_closure(args))
            .then(|| self.ask_access())
    }

    /// `x.f(a, b)`
    pub(super) fn method_call(&mut self, expr: &mut Expr) {
        let Expr::MethodCall(call) = expr else { return };
        let span = call.method.span();
        if self.is_copied(&call.receiver, &call.args) {
            let mut operands = vec![Operand::value(&mut call.receiver)];
            operands.extend(call.args.iter_mut().map(Operand::value));
            return self.operands(&mut operands);
        }
        let local = as_name(&call.receiver).and_then(|name| self.saved(name));
        let method = {
            let (dot, method, turbofish) = (call.dot_token, &call.method, &call.turbofish);
            quote!(#dot #method #turbofish)
        };
        if let Some(access) = self.asks_access(&call.receiver, &call.args) {
            self.hold_place(&mut call.receiver, &Access::Asked(access.clone()));
            let place = call.receiver.to_token_stream();
            let args = self.arguments(&mut call.args);
            *expr = call_on_held(
                &place,
                &access,
                &args,
                |receiver, args| quote!(#receiver #method(#args)),
            );
            return;
        }
        match local {
            Some(slot) if self.may_move(&call.receiver) => {
                if any_closure(&call.args) && is_taking(&call.method) {
                    self.value(&mut call.receiver);
                    let receiver = call.receiver.to_token_stream();
                    let args = self.arguments(&mut call.args);
                    *expr = verbatim(believe(&receiver, span, &args, &method));
                    return;
                }
                let args = self.arguments(&mut call.args);
                *expr = self.decide(
                    slot,
                    span,
                    &args,
                    |receiver, args| quote!(#receiver #method(#args)),
                );
            }
            Some(slot) if self.seems_to_move(call) => {
                let args = self.arguments(&mut call.args);
                let place = self.place_of(slot, span_of(&call.receiver));
                *expr = borrow(
                    &place,
                    &args,
                    |receiver, args| quote!(#receiver #method(#args)),
                );
            }
            Some(_) => self.receiver_and_arguments(call),
            None if is_projection(&call.receiver) => {
                // What a pointer points to may be unsized.
                let is_field = matches!(syntax::strip(&call.receiver), Expr::Field(_));
                if !is_field || call.args.iter().any(|arg| self.suspends(arg)) {
                    return self.receiver_and_arguments(call);
                }
                if any_closure(&call.args) {
                    let part = if is_taking(&call.method) {
                        self.part_value(&mut call.receiver)
                    } else {
                        None
                    };
                    let Some(part) = part else {
                        return self.receiver_and_arguments(call);
                    };
                    let args = self.arguments(&mut call.args);
                    *expr = verbatim(believe(&part, span, &args, &method));
                    return;
                }
                match self.movable_part(&mut call.receiver, true) {
                    Some(part) => {
                        let args = self.arguments(&mut call.args);
                        *expr = self.decide_part(
                            &part,
                            &args,
                            |receiver, args| quote!(#receiver #method(#args)),
                        );
                    }
                    None => self.receiver_and_arguments(call),
                }
            }
            None => {
                let keeps = self.hold || call.args.iter().any(|arg| self.suspends(arg));
                if keeps && !self.in_closure && !is_static_receiver(&call.receiver) {
                    self.temporary_receiver(expr, span, &method);
                } else {
                    self.value(&mut call.receiver);
                    for arg in &mut call.args {
                        self.value(arg);
                    }
                }
            }
        }
    }

    fn receiver_and_arguments(&mut self, call: &mut syn::ExprMethodCall) {
        let suspends = call.args.iter().any(|arg| self.suspends(arg));
        if suspends && is_place(&call.receiver) && !is_plain_place(&call.receiver) {
            self.errors.reject(
                &call.receiver,
                "a place that does more than name a local or field, before arguments with a suspension \
                 point and a closure, is not supported yet; bind the suspension point's value first",
            );
        }
        let mut operands = vec![Operand::place(&mut call.receiver, Access::Unique)];
        operands.extend(call.args.iter_mut().map(Operand::value));
        self.operands(&mut operands);
    }

    /// A value on which a method is called, while a suspension point follows before Rust would drop it. If
    /// the method borrows it, it is a saved local. Where an argument is a closure the call cannot be written
    /// for both cases: the methods of iterators, options and results that are known by name to take it are
    /// believed, and rustc is asked to confirm.
    fn temporary_receiver(&mut self, expr: &mut Expr, span: Span, method: &TokenStream) {
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
        let inner = self.kept(&mut call.receiver);
        let guard = self.frame.get(slot).guard.clone();
        let after = self.points.len();
        let receiver = &call.receiver;
        if suspends {
            // Evaluated before the arguments' suspension points.
            let mode = format_ident!("{}mode", self.frame.get(slot).name, span = guard.span());
            self.frame.modes.push(mode.clone());
            let operand = operand_guard(self.frame.get(slot));
            let condition = self.until_here(has_points);
            self.temporaries.steps.extend(q! {
                if #condition {
                    #inner
                    #mode.put(&mut #guard, &mut #operand, #receiver);
                }
            });
            self.temporaries.guards.push(Guard {
                role: Role::Temporary(mode.clone()),
                ..Guard::since(slot, after)
            });
            let number = self.temporaries.operands.len();
            self.temporaries.operands.push(Guard {
                role: Role::Operand(mode.clone()),
                ..Guard::since(slot, after)
            });
            let args = self.arguments(&mut call.args);
            // The call takes it.
            self.temporaries.operands[number].until = Some(self.points.len());
            let place = self.place_of(slot, span);
            let receive = q!(#private::receive_operand(&mut #operand, #mode));
            *expr = decide(
                &place,
                &receive,
                &args,
                |receiver, args| quote!(#receiver #method(#args)),
            );
            return;
        }
        self.temporaries.steps.extend(inner);
        self.temporaries.guards.push(Guard::since(slot, after));
        let receive = q!(#private::receive_temporary(&mut #guard, #receiver));
        let args = self.arguments(&mut call.args);
        let name = &self.frame.get(slot).name;
        let place = q!((*#private::lent(#name, probe, local_type)));
        *expr = decide(
            &place,
            &receive,
            &args,
            |receiver, args| quote!(#receiver #method(#args)),
        );
    }

    /// Lowers arguments which will be written more than once.
    fn arguments(
        &mut self,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> Vec<Argument> {
        let kinds: Vec<_> = args.iter().map(|arg| self.argument_kind(arg)).collect();
        let mut operands: Vec<_> = args.iter_mut().map(Operand::value).collect();
        self.operands(&mut operands);
        args.iter()
            .zip(kinds)
            .enumerate()
            .map(|(number, (arg, kind))| {
                let used = quote!(#arg);
                let is_closure = matches!(kind, ArgumentKind::Closure(_));
                let (hoisted, used, probed) = match kind {
                    ArgumentKind::Inline => (None, used.clone(), Probed::AsIs(used)),
                    ArgumentKind::Closure(copy) => (None, used, Probed::AsIs(copy)),
                    ArgumentKind::Name(place) => (None, used, Probed::Typed(place)),
                    ArgumentKind::Hoist => {
                        let name = format_ident!("arg_{number}", span = mixed(span_of(&arg)));
                        let place = quote!(#name);
                        (Some((name, used)), place.clone(), Probed::Typed(place))
                    }
                };
                Argument {
                    hoisted,
                    used,
                    probed,
                    is_closure,
                }
            })
            .collect()
    }

    fn argument_kind(&mut self, arg: &Expr) -> ArgumentKind {
        if suspends(arg) {
            return ArgumentKind::Hoist;
        }
        if is_constant_value(arg) {
            return ArgumentKind::Inline;
        }
        match syntax::strip(arg) {
            Expr::Closure(_) => {
                let mut copy = arg.clone();
                let outer = std::mem::replace(&mut self.in_probe, true);
                self.value(&mut copy);
                self.in_probe = outer;
                ArgumentKind::Closure(quote!(#copy))
            }
            Expr::Path(_) => match as_name(arg) {
                Some(name) if self.locals.get(name).is_none() => ArgumentKind::Inline,
                Some(name) => ArgumentKind::Name(match self.saved(name) {
                    Some(slot) => self.place_of(slot, name.span()),
                    None => quote!(#name),
                }),
                None => ArgumentKind::Inline,
            },
            _ => ArgumentKind::Hoist,
        }
    }

    /// Asks rustc whether `call` moves the local in `slot`, and calls it the one way or the other.
    fn decide(
        &mut self,
        slot: SlotId,
        span: Span,
        args: &[Argument],
        call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
    ) -> Expr {
        self.note_move(slot);
        let place = self.place_of(slot, span);
        let guard = self.guard_of(slot, span);
        decide(&place, &q!(#private::receive(&mut #guard)), args, call)
    }

    /// The same, for a call on a part of a saved local.
    fn decide_part(
        &mut self,
        part: &Movable,
        args: &[Argument],
        call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
    ) -> Expr {
        let Movable {
            slot,
            place,
            bit,
            mode,
        } = part;
        let (whole, moved) = self.part_names(*slot);
        let receive = q!(#private::receive_part(#whole, &raw const #place, #moved, #bit, #mode));
        decide(place, &receive, args, call)
    }
}

/// Calls a method that is believed to take its receiver, and has rustc confirm it.
fn believe(
    receiver: &TokenStream,
    span: Span,
    args: &[Argument],
    method: &TokenStream,
) -> TokenStream {
    let (types, stand_ins) = stand_ins(args);
    let used = args.iter().map(|arg| &arg.used);
    let confirm = at!(mixed(span)=> probe.takes(local_type));
    // A closure's type is not the same in the probe.
    let results_differ = args.iter().any(|arg| arg.is_closure);
    let (probed, called) = (
        q!(local.value #method(#stand_ins)),
        q!(local #method(#(#used,)*)),
    );
    let (declare, probed, called) = if results_differ {
        (TokenStream::new(), probed, called)
    } else {
        (
            q!(let result_type = &#private::Ty::new();),
            q!(result_type.same(#probed)),
            q!(result_type.same(#called)),
        )
    };
    let called = q! {{
        let (local_type, probe) = (&#private::Ty::new(), &#private::Probe::new());
        #declare
        #types
        if false {
            loop {}
            local_type.is(&local);
            let mut local = #private::Local::like(local_type);
            probe.is(&|| -> () { loop {} &local; #probed; });
        }
        #confirm;
        #called
    }};
    hoist(&(q!(mut local), receiver.clone()), args, &called)
}

/// A call, written out for a receiver that it moves and one that it borrows.
fn decide(
    place: &TokenStream,
    receive: &TokenStream,
    args: &[Argument],
    call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
) -> Expr {
    let used: TokenStream = args
        .iter()
        .map(|arg| {
            let used = &arg.used;
            quote!(#used,)
        })
        .collect();
    let (types, stand_ins) = stand_ins(args);
    let probe_call = call(&q!(local.value), &stand_ins);
    let move_call = call(&q!(local), &used);
    let borrow_call = call(place, &used);
    let decided = q! {{
        #types
        if false {
            loop {}
            local_type.is(&#place);
            let mut local = #private::Local::like(local_type);
            // Unreachable, so that the result's lifetimes are not compared.
            probe.is(&|| -> () { loop {} &local; result_type.same(#probe_call); });
        }
        if probe.moves() {
            probe.in_move();
            let mut local = #private::received(local);
            result_type.same(#move_call)
        } else {
            probe.in_borrow();
            result_type.same(#borrow_call)
        }
    }};
    // If it is moved, that is before the arguments are evaluated.
    let first = (
        q!((ref local_type, ref result_type, ref probe, local)),
        receive.clone(),
    );
    verbatim(hoist(&first, args, &decided))
}

/// A call on a local that it does not move, or rustc has refused the original: then what follows the probe is
/// dead code to the borrow checker.
fn borrow(
    place: &TokenStream,
    args: &[Argument],
    call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
) -> Expr {
    let used = args.iter().map(|arg| &arg.used);
    let (types, stand_ins) = stand_ins(args);
    let probe_call = call(&q!(local.value), &stand_ins);
    let borrow_call = call(place, &q!(#(#used,)*));
    let called = q! {{
        #types
        if false {
            loop {}
            local_type.is(&#place);
            let mut local = #private::Local::like(local_type);
            probe.is(&|| -> () { loop {} &local; result_type.same(#probe_call); });
        }
        probe.stays();
        result_type.same(#borrow_call)
    }};
    let first = (
        q!((ref local_type, ref result_type, ref probe)),
        q!((#private::Ty::new(), #private::Ty::new(), #private::Probe::new())),
    );
    verbatim(hoist(&first, args, &called))
}

/// The types of arguments, and their stand-ins in a probe.
pub(super) fn stand_ins(args: &[Argument]) -> (TokenStream, TokenStream) {
    let (mut types, mut stand_ins) = (TokenStream::new(), TokenStream::new());
    for (number, arg) in args.iter().enumerate() {
        match &arg.probed {
            Probed::Typed(place) => {
                let ty = format_ident!("arg_{number}_type", span = Span::mixed_site());
                types.extend(q! {
                    let #ty = &#private::Ty::new();
                    if false { loop {} #ty.is(&#place); }
                });
                stand_ins.extend(q!(#ty.any(),));
            }
            Probed::AsIs(used) => stand_ins.extend(quote!(#used,)),
        }
    }
    (types, stand_ins)
}

/// Evaluates the receiver and the arguments, in order, before a call that is written more than once.
pub(super) fn hoist(
    receiver: &(TokenStream, TokenStream),
    args: &[Argument],
    called: &TokenStream,
) -> TokenStream {
    let (name, value) = receiver;
    let (names, values): (Vec<_>, Vec<_>) = args
        .iter()
        .filter_map(|arg| arg.hoisted.as_ref())
        .map(|(n, v)| (n, v))
        .unzip();
    q!((match (#value, #(#values,)*) { (#name, #(#names,)*) => #called }))
}

/// A place: a local, or a part of something.
fn is_projection(expr: &Expr) -> bool {
    match syntax::strip(expr) {
        Expr::Field(_) | Expr::Index(_) => true,
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
        expr => is_place(expr),
    }
}

fn is_taking(method: &syn::Ident) -> bool {
    TAKING.iter().any(|name| method == name)
}

/// Whether one of the arguments is a closure, of which there cannot be two of one type.
fn any_closure(args: &syn::punctuated::Punctuated<Expr, syn::Token![,]>) -> bool {
    args.iter()
        .any(|arg| matches!(syntax::strip(arg), Expr::Closure(_)))
}

enum ArgumentKind {
    /// Written wherever it is used: it does nothing when it is evaluated.
    Inline,
    /// A closure, of which a copy for the probe is given. It stays in the call, which says its type.
    Closure(TokenStream),
    /// The name of a local, whose place is given.
    Name(TokenStream),
    /// Evaluated once, before.
    Hoist,
}

/// Whether a local's name is used for the last time here.
pub(super) fn last_use(expr: &Expr) -> Option<bool> {
    match syntax::strip(expr) {
        Expr::Path(path) => Some(is_last_use(path)),
        _ => None,
    }
}
