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

use super::{Lower, Reference, closure::Capture};
use crate::{edition, frame::SlotId, hygiene::private};

/// What saved locals are called in a closure that captures them by reference.
pub(super) type InPlace = HashMap<SlotId, Ident>;

impl Lower<'_> {
    /// What a closure calls the saved locals that it captures by reference, each declared before it, if it is kept.
    /// One in another closure calls them what that does. In an edition before 2021 it would capture the variables.
    pub(super) fn reached_in_place(&mut self, body: &Expr, taken: &[Capture]) -> InPlace {
        let is_kept = self.hold || self.temporaries.is_saved;
        let is_asked = is_kept && !self.in_closure && !self.in_probe;
        if !is_asked || !taken.is_empty() || !edition::captures_fields() {
            return self.in_place.clone();
        }
        let mut reached = InPlace::new();
        for Capture { name, slot, .. } in self.captures(body, &[]) {
            let is_shared = self.reference(&name) == Some(Reference::Shared);
            if is_shared || self.frame.get(slot).is_bound {
                continue;
            }
            self.count += 1;
            let local = &self.frame.get(slot).name;
            let place = format_ident!("{local}_place_{}", self.count, span = local.span());
            self.temporaries
                .steps
                .extend(q!(let #place = #private::in_place(#local.at());));
            reached.insert(slot, place);
        }
        reached
    }
}
