//! Closures and `async` blocks that are kept across a suspension point and capture saved locals by reference: rustc finds
//! out how, so that the machine is `Send` where its own coroutine is (`core/src/__private/in_place.rs`).
//!
//! ```text
//! poll_fn(|cx| x.poll(cx)).await
//!     →  let x_place_1 = in_place(x.at());
//!        put(&mut future_saved, IntoFuture::into_future(poll_fn(|cx| x_place_1.value.poll(cx))));
//! ```
//!
//! Each closure has variables of its own, for rustc takes their borrows to last as long as the frame.

use std::collections::HashMap;

use quote::format_ident;
use syn::{Expr, Ident};

use super::{
    Lower, Reference,
    asking::{Literal, Takes},
    asks::Asks,
    closure::Capture,
    escape::may_escape,
};
use crate::{edition, frame::SlotId, hygiene::private};

/// What saved locals are called in a closure that captures them by reference.
pub(super) type InPlace = HashMap<SlotId, Ident>;

impl Lower<'_> {
    /// Whether somebody has to know how a closure at hand captures what it does by reference. In an edition before 2021 it
    /// would capture the variables.
    fn keeps_closures(&self) -> bool {
        let is_kept = self.hold || self.temporaries.is_saved;
        is_kept && !self.in_closure && !self.in_probe && edition::captures_fields()
    }

    /// Whether a closure may do anything to a saved local but share it.
    fn may_change(&self, capture: &Capture) -> bool {
        let is_shared = self.reference(&capture.name) == Some(Reference::Shared);
        !is_shared && !self.frame.get(capture.slot).is_bound
    }

    /// What a closure that takes none calls the saved locals that it captures by reference, each declared before it. One in
    /// another closure calls them what that does.
    pub(super) fn reached_in_place(&mut self, body: &Expr, taken: &[Capture]) -> InPlace {
        if !taken.is_empty() || !self.keeps_closures() {
            return self.in_place.clone();
        }
        let mut reached = InPlace::new();
        for capture in self.captures(body, &[]) {
            if !self.may_change(&capture) {
                continue;
            }
            let (local, place) = (
                self.frame.get(capture.slot).name.clone(),
                self.place_name(capture.slot),
            );
            self.temporaries
                .steps
                .extend(q!(let #place = #private::in_place(#local.at());));
            reached.insert(capture.slot, place);
        }
        reached
    }

    /// A name for where a saved local is.
    pub(super) fn place_name(&mut self, slot: SlotId) -> Ident {
        self.count += 1;
        let local = &self.frame.get(slot).name;
        format_ident!("{local}_place_{}", self.count, span = local.span())
    }

    /// What a closure captures by reference that takes others: that is a `move` closure, so that rustc has to be asked in
    /// what way. Only of those that it uses as a whole: of others it may capture parts, each in its own way.
    pub(super) fn reached_beside(&self, literal: &Literal, takes: &Takes) -> Vec<Capture> {
        let asks = Asks::of(literal.body());
        let leaves = asks.is_nested && may_escape(literal.body(), literal.output());
        if !self.keeps_closures() || leaves || !literal.is_plain() {
            return Vec::new();
        }
        let of_others = [&takes.consumed[..], &takes.asked, &takes.passed].concat();
        let mut reached = self.captures(literal.body(), &[]);
        reached.retain(|capture| {
            let name = &capture.name;
            let is_taken = of_others.iter().any(|other| other.slot == capture.slot);
            let is_reference = self.reference(name).is_some();
            let is_told = capture.fields.is_none() && !asks.hidden.contains(name);
            is_told
                && !is_taken
                && self.may_change(capture)
                && !(is_reference && asks.read.contains(name))
        });
        reached
    }
}
