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
    Guard, Lower, Role,
    argument::{Argument, any_closure, hoist, stand_ins, telling, written_twice},
    called::{call_on_held, is_copied},
    guard::operand_guard,
    mixed,
    operand::Operand,
    part::Movable,
    place::Access,
    verbatim,
};
use crate::{
    frame::SlotId,
    hygiene::private,
    syntax::{self, is_last_use, is_parting_use},
};

impl Lower<'_> {
    /// `f(a, b)`
    pub(super) fn call(&mut self, expr: &mut Expr) {
        let Expr::Call(call) = expr else { return };
        if is_copied(&call.func, &call.args) {
            return self.value_and_arguments(&mut call.func, &mut call.args);
        }
        if let Some((slot, last)) = self.moved_by_call(&call.func) {
            let (args, span) = (&mut call.args, call.paren_token.span.join());
            let (args, receive) = self.arguments_of_moved(slot, span, args);
            *expr = self.decide(
                (slot, last),
                span,
                &receive,
                &args,
                |callee, args| q!((#callee)(#args)),
            );
            return;
        }
        if let Some(called) = self.asks_access(&call.func, &call.args) {
            let span = call.paren_token.span.join();
            let args = self.called_place(&mut call.func, &called, &mut call.args);
            let place = call.func.to_token_stream();
            *expr = call_on_held(
                &place,
                &called.access,
                &args,
                |callee, args| at!(span=> (#callee)(#args)),
            );
            return;
        }
        let is_field = matches!(syntax::strip(&call.func), Expr::Field(_));
        if is_field && !any_closure(&call.args) {
            let called = |callee: &TokenStream, args: &TokenStream| q!((#callee)(#args));
            if let Some(called) = self.call_on_part(&mut call.func, &mut call.args, called) {
                *expr = called;
                return;
            }
        }
        let mut operands = vec![Operand::place(&mut call.func, Access::Shared)];
        operands.extend(call.args.iter_mut().map(Operand::value));
        self.operands(&mut operands);
    }

    /// A call on a value, which is an operand like its arguments.
    pub(super) fn value_and_arguments(
        &mut self,
        receiver: &mut Expr,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) {
        let mut operands = vec![Operand::value(receiver)];
        operands.extend(args.iter_mut().map(Operand::value));
        self.operands(&mut operands);
    }

    /// The same, of a call that may move the local in `slot`, which comes before them, and what gives the local.
    /// If it moves, it is an operand from then on, and drops as such where a suspension point is the last:
    ///
    /// ```text
    /// x.finish(yield 1)
    ///     →  x_mode.hand_over(&mut x_saved, &mut x_saved_operand); .. the suspension point ..
    ///        match receive_operand(&mut x_saved_operand, x_mode) { .. }
    /// ```
    pub(super) fn arguments_of_moved(
        &mut self,
        slot: SlotId,
        span: Span,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> (Vec<Argument>, Receive) {
        let guard = self.guard_of(slot, span);
        if !args.iter().any(|arg| self.suspends(arg)) {
            let receive = q!(#private::receive(&mut #guard));
            return (self.arguments(args), receive.into());
        }
        let (mode, operand) = (self.ask_mode(slot), operand_guard(self.frame.get(slot)));
        let condition = self.until_here(false);
        let place = self.place_of(slot, span);
        let (stays, access) = self.points_where_it_did(slot, &place, span, args);
        self.temporaries.steps.extend(q! {
            if #condition { #stays #mode.hand_over(&mut #guard, &mut #operand); }
        });
        self.frame.get_mut(slot).tracked = true;
        let (args, value) = self.arguments_of_operand(slot, &mode, args);
        (args, Receive { value, access })
    }

    /// The same of a call on what is in `slot`, which is an operand from here on if the call moves it.
    pub(super) fn arguments_of_operand(
        &mut self,
        slot: SlotId,
        mode: &syn::Ident,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> (Vec<Argument>, TokenStream) {
        let operand = operand_guard(self.frame.get(slot));
        let live = Guard {
            role: Role::Operand(mode.clone()),
            ..Guard::since(slot, self.points.len())
        };
        let args = self.arguments_kept(live, args);
        (args, q!(#private::receive_operand(&mut #operand, #mode)))
    }

    /// A name for whether a call moves what is in `slot`, which is told before the call.
    pub(super) fn ask_mode(&mut self, slot: SlotId) -> syn::Ident {
        self.count += 1;
        let slot = self.frame.get(slot);
        let (name, span) = (&slot.name, slot.guard.span());
        let mode = format_ident!("{name}_mode_of_{}", self.count, span = span);
        self.frame.modes.push(mode.clone());
        mode
    }

    /// Asks rustc whether `call` moves the local in `slot`, and calls it the one way or the other.
    pub(super) fn decide(
        &mut self,
        (slot, last): (SlotId, LastUse),
        span: Span,
        receive: &Receive,
        args: &[Argument],
        call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
    ) -> Expr {
        match last {
            LastUse::Certain => self.note_move(slot),
            // No suspension point comes after it.
            LastUse::Parting => self.note_read(slot),
        }
        let place = self.place_of(slot, span);
        decide(&place, receive, args, call)
    }

    /// The same, for a call on a part of a saved local, or of a temporary, if it may be moved.
    pub(super) fn call_on_part(
        &mut self,
        receiver: &mut Expr,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
        call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
    ) -> Option<Expr> {
        let suspends = args.iter().any(|arg| self.suspends(arg));
        if let Some(part) = self.movable_part(receiver, true) {
            let (args, receive) = if suspends {
                let condition = self.until_here(false);
                self.arguments_of_part(&part, &condition, &TokenStream::new(), args)
            } else {
                (self.arguments(args), self.receive_part(&part).into())
            };
            return Some(decide(&part.place, &receive, &args, call));
        }
        if suspends {
            let has_points = self.suspends(receiver);
            let mut found = None;
            let inner = self.keeping(|this| found = this.movable_temporary_part(receiver));
            let (part, put) = found?;
            let condition = self.until_here(has_points);
            let (args, receive) =
                self.arguments_of_part(&part, &condition, &q!(#inner #put;), args);
            return Some(decide(&part.place, &receive, &args, call));
        }
        let (part, put) = self.movable_temporary_part(receiver)?;
        let args = self.arguments(args);
        let called = decide(&part.place, &self.receive_part(&part).into(), &args, call);
        let drops_rest = self.drops_rest(part.slot);
        Some(verbatim(q!((match #put { _ => { #drops_rest #called } }))))
    }

    fn receive_part(&self, part: &Movable) -> TokenStream {
        let (place, bit, mode) = (&part.place, &part.bit, &part.mode);
        let whole = &self.frame.get(part.slot).name;
        q!(#private::receive_part(#whole, &raw const #place, #bit, #mode))
    }

    /// Lowers arguments with suspension points, of a call on a part of what `temporary` makes under this condition, if it is
    /// one. If the call takes the part, that is an operand of its own:
    ///
    /// ```text
    /// x.part.finish(yield 1)
    ///     →  hand_over_part(x, &raw const (*x.at()).part, x_moved, 1, x_mode_0, &mut operand_1_saved);
    ///        .. the suspension point ..
    ///        match receive_handed(&mut operand_1_saved, &raw const (*x.at()).part, x_mode_0) { .. }
    /// ```
    fn arguments_of_part(
        &mut self,
        part: &Movable,
        condition: &TokenStream,
        temporary: &TokenStream,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> (Vec<Argument>, Receive) {
        let (place, bit, mode) = (&part.place, &part.bit, &part.mode);
        let whole = self.frame.get(part.slot).name.clone();
        let slot = self.temporary_slot("operand");
        let guard = self.frame.get(slot).guard.clone();
        let drops_rest = (!temporary.is_empty()).then(|| self.drops_rest(part.slot));
        let (stays, access) = self.points_where_it_did(part.slot, place, whole.span(), args);
        self.temporaries.steps.extend(q! {
            if #condition {
                #temporary
                #stays
                #private::hand_over_part(#whole, &raw const #place, #bit, #mode, &mut #guard);
            }
            #drops_rest
        });
        let args = self.arguments_kept(Guard::since(slot, self.points.len()), args);
        let value = q!(#private::receive_handed(&mut #guard, &raw const #place, #mode));
        (args, Receive { value, access })
    }

    /// Lowers arguments before which the operand of this guard has been evaluated, which the call takes.
    fn arguments_kept(
        &mut self,
        operand: Guard,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> Vec<Argument> {
        let is_full = self.temporaries.is_full;
        let number = self.temporaries.of_operands(is_full).len();
        self.temporaries.of_operands(is_full).push(operand);
        let args = self.arguments(args);
        self.temporaries.of_operands(is_full)[number].until = Some(self.points.len());
        args
    }
}

/// Calls a method that is believed to take its receiver, and has rustc confirm it.
pub(super) fn believe(
    receiver: &TokenStream,
    span: Span,
    args: &[Argument],
    method: &TokenStream,
) -> TokenStream {
    let (types, stand_ins) = stand_ins(args);
    let used = telling(args);
    let confirm = at!(mixed(span)=> probe.takes(local_type));
    let called = q! {{
        let (local_type, probe) = (&#private::Ty::new(), &#private::Probe::new());
        let result_type = &#private::Ty::new();
        #types
        if false {
            loop {}
            local_type.is(&local);
            let mut local = #private::Local::like(local_type);
            probe.is(&|| -> () { loop {} &local; result_type.same(local.value #method(#stand_ins)); });
        }
        #confirm;
        result_type.same(local #method(#used))
    }};
    hoist(&(q!(mut local), receiver.clone()), args, &called)
}

/// What a call is made on, if it takes that.
pub(super) struct Receive {
    /// Gives it.
    pub value: TokenStream,
    /// What has to be told whether the call changes or takes it.
    pub access: Option<syn::Ident>,
}

impl From<TokenStream> for Receive {
    fn from(value: TokenStream) -> Self {
        Receive {
            value,
            access: None,
        }
    }
}

/// A call, written out for a receiver that it moves and one that it borrows.
pub(super) fn decide(
    place: &TokenStream,
    receive: &Receive,
    args: &[Argument],
    call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
) -> Expr {
    let args = &written_twice(args)[..];
    let used: TokenStream = args
        .iter()
        .map(|arg| {
            let used = &arg.used;
            quote!(#used,)
        })
        .collect();
    let (types, stand_ins) = stand_ins(args);
    let probe_call = call(&q!(local.value), &stand_ins);
    let move_call = call(&q!(local), &telling(args));
    let borrow_call = call(place, &used);
    let asks_access = receive.access.as_ref().map(|access| {
        q! {
            let mut local = #private::Unsync::like(local_type);
            let probe = &#private::Probe::new();
            probe.is(&|| -> () { loop {} &local; result_type.same(#probe_call); });
            probe.has_access(&#access);
        }
    });
    let decided = q! {{
        #types
        if false {
            loop {}
            local_type.is(&#place);
            let mut local = #private::Local::like(local_type);
            // Unreachable, so that the result's lifetimes are not compared.
            probe.is(&|| -> () { loop {} &local; result_type.same(#probe_call); });
            #asks_access
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
        receive.value.clone(),
    );
    verbatim(hoist(&first, args, &decided))
}

/// A call on a local that it does not move, or rustc has refused the original: then what follows the probe is
/// dead code to the borrow checker.
pub(super) fn borrow(
    place: &TokenStream,
    args: &[Argument],
    call: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
) -> Expr {
    let (types, stand_ins) = stand_ins(args);
    let probe_call = call(&q!(local.value), &stand_ins);
    let borrow_call = call(place, &telling(args));
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

/// How a local's name may be used for the last time.
#[derive(Clone, Copy)]
pub(super) enum LastUse {
    /// On every path.
    Certain,
    /// See [`is_parting_use`].
    Parting,
}

/// Whether a local's name is used for the last time here.
pub(super) fn last_use(expr: &Expr) -> Option<LastUse> {
    match syntax::strip(expr) {
        Expr::Path(path) if is_last_use(path) => Some(LastUse::Certain),
        Expr::Path(path) if is_parting_use(path) => Some(LastUse::Parting),
        _ => None,
    }
}
