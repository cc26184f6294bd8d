//! Locals of which a `match` leaves nothing, whatever arm it chooses: then they are moved, and what is left need not be kept.
//!
//! ```text
//! match op { Some(a) => .., None => .. }  →  match op_saved.take() { Some(a) => .., None => .. }
//! ```
//!
//! That a variant is one of std's prelude, its name says; whether the type is, is asked
//! (`core/src/__private/emptied.rs`).

use syn::{Expr, Pat};

use super::{
    Lower,
    call::{LastUse, last_use},
    mixed,
    pattern::is_whole,
};
use crate::{
    hygiene::span_of,
    syntax::{self, guarded},
};

impl Lower<'_> {
    /// Lowers a saved local that such patterns take apart and nobody uses later, as a value. Whether it was one.
    pub(super) fn takes_to_empty(&mut self, expr: &mut Expr, pats: &[&Pat]) -> bool {
        let Some(name) = syntax::as_name(expr) else {
            return false;
        };
        let slot = self.saved(name).filter(|_| self.reference(name).is_none());
        let Some(slot) = slot.filter(|slot| !self.frame.get(*slot).is_bound) else {
            return false;
        };
        let is_last = matches!(last_use(expr), Some(LastUse::Certain));
        if !is_last || self.in_closure || self.in_probe || !empties(pats) {
            return false;
        }
        if !self.frame.emptied.contains(&slot) {
            self.frame.emptied.push(slot);
        }
        let emptied = self.frame.get(slot).emptied();
        let span = mixed(span_of(&expr));
        self.temporaries.steps.extend(at!(span=> #emptied.check();));
        self.value(expr);
        true
    }
}

/// Whether patterns take all there is of any option or result.
fn empties(pats: &[&Pat]) -> bool {
    let taken: Option<Vec<_>> = pats.iter().map(|pat| taken(pat)).collect();
    let Some(taken) = taken else { return false };
    matches!(
        taken[..],
        ["Some", "None" | "_"] | ["None", "Some"] | ["Ok", "Err"] | ["Err", "Ok"]
    )
}

/// The variant of which a pattern takes all that is in it, or `_`.
fn taken(pat: &Pat) -> Option<&'static str> {
    match guarded(pat) {
        (Pat::Paren(pat), None) => taken(&pat.pat),
        (Pat::Wild(_), None) => Some("_"),
        (Pat::TupleStruct(pat), None) => {
            let name = pat.path.get_ident()?;
            let found = ["Some", "Ok", "Err"]
                .into_iter()
                .find(|known| name == known);
            found.filter(|_| pat.elems.len() == 1 && pat.elems.iter().all(is_whole))
        }
        (Pat::Ident(pat), None) => {
            let is_plain = pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none();
            (is_plain && pat.ident == "None").then_some("None")
        }
        _ => None,
    }
}
