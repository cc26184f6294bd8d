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
    pattern::{guarded, is_whole},
};
use crate::{hygiene::span_of, syntax};

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

/// What a pattern takes all of.
#[derive(Clone, Copy, PartialEq)]
enum Taken {
    /// A variant that holds something, of an enum in which it is the only one.
    Only,
    /// One of two that may hold something, of which this is the other's name.
    But(&'static str),
    /// A variant that holds nothing, or what is left by others.
    Nothing,
}

/// Whether patterns take all there is of any option or result.
fn empties(pats: &[&Pat]) -> bool {
    let taken: Option<Vec<_>> = pats
        .iter()
        .map(|pat| match guarded(pat) {
            (pat, None) => taken(pat),
            (_, Some(_)) => None,
        })
        .collect();
    match taken.as_deref() {
        Some(
            [(Taken::Only, _), (Taken::Nothing, _)] | [(Taken::Nothing, "None"), (Taken::Only, _)],
        ) => true,
        Some([(Taken::But(other), _), (Taken::But(_), name)]) => name == other,
        _ => false,
    }
}

/// What a pattern takes, and its name.
fn taken(pat: &Pat) -> Option<(Taken, &'static str)> {
    match pat {
        Pat::Paren(pat) => taken(&pat.pat),
        Pat::Wild(_) => Some((Taken::Nothing, "_")),
        Pat::TupleStruct(pat) => {
            let whole = pat.elems.len() == 1 && pat.elems.iter().all(is_whole);
            let found = match pat.path.get_ident()?.to_string().as_str() {
                "Some" => (Taken::Only, "Some"),
                "Ok" => (Taken::But("Err"), "Ok"),
                "Err" => (Taken::But("Ok"), "Err"),
                _ => return None,
            };
            whole.then_some(found)
        }
        Pat::Ident(pat) => {
            let is_plain = pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none();
            (is_plain && pat.ident == "None").then_some((Taken::Nothing, "None"))
        }
        _ => None,
    }
}
