//! What a call is made on while its arguments suspend.
//!
//! ```text
//! table[i()].push(yield a)
//!     →  .. place_1_.init(access_1_.hold(&raw .. table[i()])) .. the suspension point ..
//!        let mut receiver_2_ = (called(place_1_),);  (*(receiver_2_).0.called()).push(argument_3_)
//! ```
//!
//! Whether the call changes it, rustc is asked. What arguments may change, or free, is kept by a copy where it can be copied
//! (`core/src/__private/called.rs`).

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Expr, Ident};

use super::{
    Lower,
    argument::{Argument, any_closure, hoist, stand_ins, telling},
    changes::{Changes, is_used_last, root_of},
    mixed,
    place::{Access, is_plain_place},
    verbatim,
};
use crate::{
    frame::{SlotId, path_in},
    hygiene::{Ends, private, span_of},
    syntax::{self, Used, is_place, part_path},
};

/// Of a call.
type Arguments = syn::punctuated::Punctuated<Expr, syn::Token![,]>;

/// A call on a place that is kept while its arguments suspend.
#[derive(Clone)]
pub(super) struct Called {
    /// Tells whether the call changes the place.
    pub access: Ident,
    /// What the arguments may do to the place before the call.
    pub until_call: UntilCall,
}

/// What arguments may do to a place that a call is made on, if it is not borrowed.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum UntilCall {
    /// Nothing: it is there, as it is.
    Stays,
    /// They may change what it points to, if it is a pointer.
    ReferentMayChange,
    /// They may change it, or free what it is in.
    MayChange,
}

impl Lower<'_> {
    /// Whether a call is made on a place that is evaluated before the suspension points of its arguments: one that needs more
    /// than to be named, or that the arguments may change. Rustc is asked what the call does to it.
    pub(super) fn asks_access(&mut self, receiver: &Expr, args: &Arguments) -> Option<Called> {
        if !args.iter().any(|arg| self.suspends(arg)) && !self.suspends(receiver) {
            return None;
        }
        let is_plain = is_plain_place(receiver);
        let is_evaluated = is_place(receiver) && !is_plain;
        let is_part = match part_path(receiver) {
            Some((name, _)) => is_plain && self.locals.get(&name).is_some(),
            None => matches!(syntax::strip(receiver), Expr::Field(_)),
        };
        let until_call = self.until_call(receiver, args);
        let is_asked = match until_call {
            UntilCall::Stays => false,
            // What may be moved is another question: see `decide`.
            UntilCall::ReferentMayChange => is_plain && !self.may_be_taken(receiver),
            UntilCall::MayChange => true,
        };
        (is_evaluated || is_part && is_asked).then(|| Called {
            access: self.ask_access(),
            until_call: if self.target.movable {
                // It may be elsewhere when the call is made, if the call does not borrow it, which is checked.
                UntilCall::MayChange
            } else {
                until_call
            },
        })
    }

    /// What arguments may do to what a call is made on. What a parameter refers to is borrowed for longer.
    fn until_call(&self, receiver: &Expr, args: &Arguments) -> UntilCall {
        let changes = Changes::of_all(args);
        let moved = self.may_be_moved(&changes);
        let root = part_path(receiver).map(|(name, _)| name.to_string());
        if concern(receiver, changes.changed().chain(moved)) {
            UntilCall::MayChange
        } else if root.is_some_and(|root| self.parameters.contains(&root))
            || !self.change_any(&changes)
        {
            UntilCall::Stays
        } else {
            UntilCall::ReferentMayChange
        }
    }

    /// Whether a local, or a part of one, may be moved by a call on it.
    fn may_be_taken(&self, receiver: &Expr) -> bool {
        let root = part_path(receiver).map(|(name, _)| name);
        is_used_last(receiver) && root.is_some_and(|name| self.reference(&name).is_none())
    }

    /// Whether arguments may change or free anything that is not their own.
    fn change_any(&self, changes: &Changes) -> bool {
        changes.changed().next().is_some() || self.may_be_moved(changes).next().is_some()
    }

    /// The places that arguments may move: those that may have a destructor.
    fn may_be_moved<'c>(&self, changes: &'c Changes) -> impl Iterator<Item = &'c String> {
        let owns = |place: &&String| {
            let root = root_of(place);
            !self.references.contains_key(&root) && !self.plain.contains(&root)
        };
        changes.used_last.iter().filter(owns)
    }

    /// Evaluates what a call is made on before its arguments suspend, keeps it, and lowers the arguments.
    pub(super) fn called_place(
        &mut self,
        expr: &mut Expr,
        called: &Called,
        args: &mut Arguments,
    ) -> Vec<Argument> {
        let ends = Ends::of(expr);
        let slot = self.keep_place(expr, &Access::Called(called.clone()));
        let args = self.arguments(args);
        self.placed.insert(slot);
        let name = self.frame.get(slot).name.clone();
        let receiver = self.step("receiver", ends, &q!(#private::called(#name)));
        *expr = verbatim(q!((*#receiver.called())));
        args
    }

    /// Refuses a pointer to something that can be copied, where code is made of it, unless the call changes or takes what it is made
    /// on: it may copy that before the arguments are evaluated, and they may change it. Returns with it what has to be told
    /// whether the call does so. A parameter refers to what is borrowed for longer.
    pub(super) fn points_where_it_did(
        &mut self,
        slot: SlotId,
        place: &TokenStream,
        span: Span,
        args: &Arguments,
    ) -> (TokenStream, Option<Ident>) {
        let local = self.frame.get(slot).local.to_string();
        if self.parameters.contains(&local) || !self.change_any(&Changes::of_all(args)) {
            return (TokenStream::new(), None);
        }
        // A closure cannot be in a probe more.
        let access = (!any_closure(args)).then(|| self.ask_access());
        let told = match &access {
            Some(access) => q!(&#access),
            None => q!(&#private::AccessOf::<#private::Shared>::new()),
        };
        let keep = keep_called(span, &told);
        let stays = q! {{
            use #private::{CallsDeep as _, CallsDeeper as _, CallsPlace as _, CallsPointee as _};
            match (&raw const #place).cast_mut() { place => { #keep; } }
        }};
        (stays, access)
    }

    /// With a closure among its arguments a call is not asked about; what it is made on must not be a pointer to something that
    /// it copies and that other arguments may change.
    pub(super) fn points_beside_closure(&mut self, call: &syn::ExprMethodCall) {
        let suspends = call.args.iter().any(|arg| self.suspends(arg));
        let root = part_path(&call.receiver).and_then(|(name, _)| self.saved(&name));
        let Some(slot) = root.filter(|_| suspends && any_closure(&call.args)) else {
            return;
        };
        let mut place = (*call.receiver).clone();
        self.place(&mut place);
        let span = span_of(&call.receiver);
        let (stays, _) = self.points_where_it_did(slot, &place.to_token_stream(), span, &call.args);
        let condition = self.until_here(false);
        if !stays.is_empty() {
            self.temporaries.steps.extend(q!(if #condition { #stays }));
        }
    }
}

/// Keeps what a call is made on, `place`, by the first that has it of those traits of `core/src/__private/called.rs` that are
/// in scope. It is where the user calls, for what rustc may say of it.
pub(super) fn keep_called(span: Span, access: &TokenStream) -> TokenStream {
    at!(mixed(span)=> (&&&&&&#private::Ty::at(place)).keep(place, #access))
}

/// A call on a kept place, of which rustc is asked what it does to the place.
pub(super) fn call_on_held(
    place: &TokenStream,
    access: &Ident,
    args: &[Argument],
    call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
) -> Expr {
    let (types, stand_ins) = stand_ins(args);
    let used = telling(args);
    let probed = call(&q!((*local).value), &stand_ins);
    let called = call(place, &used);
    let called = q! {{
        #types
        if false {
            loop {}
            let local = #private::stand_in(&raw mut #place);
            let probe = &#private::Probe::new();
            // Unreachable, so that the result's lifetimes are not compared.
            probe.is(&|| -> () { loop {} &*local; result_type.same(#probed); });
            probe.has_access(&#access);
        }
        result_type.same(#called)
    }};
    let first = (q!(ref result_type), q!(#private::Ty::new()));
    verbatim(hoist(&first, args, &called))
}

/// Whether a local on which a call is made is assigned in the arguments, or what it is a part of. Then the call does not borrow
/// it: it has been moved or copied, or what it refers to is borrowed.
pub(super) fn is_copied(receiver: &Expr, args: &Arguments) -> bool {
    let Some((_, path)) = part_path(receiver) else {
        return false;
    };
    let mut assigned = Changes::of_all(args).assigned.into_iter();
    assigned.any(|place| path_in(&path, &place).is_some())
}

/// Whether arguments may change what a call is made on, or what that is in or refers to.
pub(super) fn may_change(receiver: &Expr, args: &Arguments) -> bool {
    concern(receiver, Changes::of_all(args).changed())
}

/// Whether one of these places is that of a receiver, or around it, or a part of it.
fn concern<'p>(receiver: &Expr, mut places: impl Iterator<Item = &'p String>) -> bool {
    match part_path(receiver) {
        Some((_, path)) => {
            places.any(|place| path_in(place, &path).is_some() || path_in(&path, place).is_some())
        }
        None => {
            let names = Used::of(receiver).names;
            places.any(|place| names.iter().any(|name| *name == root_of(place)))
        }
    }
}
