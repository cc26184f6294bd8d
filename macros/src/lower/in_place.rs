//! Closures and `async` blocks that are kept across a suspension point and capture saved locals by reference: rustc finds
//! out how, so that the machine is `Send` where its own coroutine is (`core/src/__private/in_place.rs`).
//!
//! ```text
//! poll_fn(|cx| x.poll(cx)).await
//!     →  let x_without_move_1 = in_place(x.at());
//!        put(&mut future_saved, IntoFuture::into_future(poll_fn(|cx| x_without_move_1.value.poll(cx))));
//! ```
//!
//! Each closure has variables of its own, for rustc takes their borrows to last as long as the frame.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, Ident};

use super::{
    Lower,
    asking::{Literal, Takes},
    asks::Asks,
    captures::Capture,
    escape::may_escape,
};
use crate::{edition, frame::SlotId, hygiene::private, syntax::part_path};

/// What saved locals are called in a closure that captures them by reference.
pub(super) type InPlace = HashMap<SlotId, Ident>;

impl Lower<'_> {
    /// Whether somebody has to know how a closure at hand captures what it does by reference. In an edition before 2021 it
    /// would capture the variables.
    fn keeps_closures(&self) -> bool {
        let is_kept = self.hold || self.temporaries.is_saved;
        is_kept && !self.in_closure && !self.in_probe && edition::captures_fields()
    }

    /// What a closure that takes none calls the saved locals that it captures by reference. One in another closure calls them
    /// what that does. They are declared before it; returns what has to be declared in a block around it, if nobody has
    /// to know how it captures them.
    pub(super) fn reached_in_place(
        &mut self,
        body: &Expr,
        taken: &[Capture],
    ) -> (InPlace, TokenStream) {
        let mut declared = TokenStream::new();
        let is_outermost = !self.in_closure && !self.in_probe && edition::captures_fields();
        if !taken.is_empty() || !is_outermost {
            return (self.in_place.clone(), declared);
        }
        let keeps = self.keeps_closures();
        let mut captures = self.captures(body, &[]);
        captures.retain(|capture| !self.frame.get(capture.slot).is_bound);
        let mut reached = InPlace::new();
        for capture in captures {
            let (local, place) = (
                self.frame.get(capture.slot).name.clone(),
                self.place_name(capture.slot),
            );
            declared.extend(q!(let #place = #private::in_place(#local.at());));
            reached.insert(capture.slot, place);
        }
        if keeps {
            self.temporaries.steps.extend(std::mem::take(&mut declared));
        }
        (reached, declared)
    }

    /// What a closure that takes these holds of the other saved locals that it uses: references and fields as they are when
    /// it is evaluated, so that it may outlive them (core `capture.rs`).
    pub(super) fn hold_others(&mut self, body: &Expr, taken: &[Capture]) -> Held {
        let mut held = Held::default();
        if !self.holds_references(body) {
            return held;
        }
        for capture in self.captures(body, &[]) {
            let is_taken = taken.iter().any(|other| other.name == capture.name);
            if is_taken || self.frame.get(capture.slot).is_bound {
                continue;
            }
            let Some(fields) = capture.fields else {
                let name = self.place_name(capture.slot);
                held.declared.extend(self.hold(&name, capture.slot));
                held.in_place.insert(capture.slot, name);
                continue;
            };
            let mut used = Vec::new();
            for field in &fields {
                field.whole(&mut |field| used.push(field.clone()));
            }
            for mut field in used {
                let Some((_, path)) = part_path(&field) else {
                    continue;
                };
                let name = self.place_name(capture.slot);
                self.place(&mut field);
                held.declared.extend(hold_place(&name, &quote!(#field)));
                held.fields.push((path, name));
            }
        }
        held
    }

    /// Whether a closure that takes a local holds the references among others: not for closures in it, which would take what it
    /// holds of what is no reference.
    pub(super) fn holds_references(&self, body: &Expr) -> bool {
        let is_outermost = !self.in_closure && !self.in_probe && edition::captures_fields();
        is_outermost && !Asks::of(body).is_nested
    }

    /// Declares what a closure holds of a saved local.
    pub(super) fn hold(&self, place: &Ident, slot: SlotId) -> TokenStream {
        let local = &self.frame.get(slot).name;
        hold_place(place, &q!((*#local.at())))
    }

    /// A name for where a saved local is, of which rustc says that a closure cannot move it (E0507).
    pub(super) fn place_name(&mut self, slot: SlotId) -> Ident {
        self.count += 1;
        let local = &self.frame.get(slot).name;
        format_ident!("{local}_without_move_{}", self.count, span = local.span())
    }

    /// What a closure captures by reference that takes others: that is a `move` closure, so that rustc has to be asked in
    /// what way. That can be told of those alone that it uses as a whole: of others it may capture parts, each in its own
    /// way. `None` if there are such, or if nobody has to know: a copy of the closure captures them as they are.
    pub(super) fn reached_beside(&self, literal: &Literal, takes: &Takes) -> Option<Vec<Capture>> {
        let asks = Asks::of(literal.body());
        let leaves = asks.is_nested && may_escape(literal.body(), literal.output());
        if !self.keeps_closures() || leaves || !literal.is_plain() {
            return None;
        }
        let of_others = [&takes.consumed[..], &takes.asked, &takes.passed].concat();
        let mut reached = self.captures(literal.body(), &[]);
        reached.retain(|capture| of_others.iter().all(|other| other.slot != capture.slot));
        let is_told = |capture: &Capture| {
            let name = &capture.name;
            let is_reborrowed = self.reference(name).is_some() && asks.read.contains(name);
            let is_whole = capture.fields.is_none() && !asks.hidden.contains(name);
            is_whole && !is_reborrowed && !self.frame.get(capture.slot).is_bound
        };
        reached.iter().all(is_told).then_some(reached)
    }
}

/// What a closure that takes a local holds of others.
#[derive(Default)]
pub(super) struct Held {
    /// What it calls those that it uses as a whole.
    pub in_place: InPlace,
    /// What it calls the fields that it uses of others, by their paths.
    pub fields: Vec<(String, Ident)>,
    /// Declares them, before it.
    pub declared: TokenStream,
}

/// Declares what a closure holds of this place.
pub(super) fn hold_place(held: &Ident, place: &TokenStream) -> TokenStream {
    q! {
        let #held = {
            use #private::HoldsPlace as _;
            (&#private::kind(&raw const #place)).hold(&raw const #place)
        };
    }
}
