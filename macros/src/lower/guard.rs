//! Guards: where in the body the saved locals are owned, and when each is put back.
//!
//! ```text
//! let mut x_saved = Saved::new(x, to > 1, &suspending);
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::{Lower, Move, Read, point_at, rest, started};
use crate::{
    frame::{self, SlotId, Storage},
    hygiene::private,
};

/// Where a guard owns its saved local again when the body travels.
pub(super) struct Guard {
    pub slot: SlotId,
    /// How many suspension points there are before the local comes to be.
    pub after: usize,
    /// How many there are before it is certainly gone; `None`: when its scope ends.
    pub until: Option<usize>,
    /// For a value on which a method is called, which has a guard in two places: which one this is.
    pub role: Role,
}

/// Where a value drops on which a method is called, while the arguments suspend: with the operands if the
/// method takes it, with the temporaries if not.
#[derive(Clone)]
pub(super) enum Role {
    /// There is one guard.
    Only,
    /// The guard of a temporary, if this mode is not a move.
    Temporary(Ident),
    /// The guard of an operand, if this mode is a move.
    Operand(Ident),
}

impl Guard {
    /// The guard of what comes to be after so many suspension points, and lives to the end of its scope.
    pub(super) fn since(slot: SlotId, after: usize) -> Self {
        Guard {
            slot,
            after,
            until: None,
            role: Role::Only,
        }
    }
}

impl Lower<'_> {
    /// Whether the syntax tells that a local has no destructor.
    fn is_plain(&self, slot: SlotId) -> bool {
        let slot = self.frame.get(slot);
        let name = slot.local.to_string();
        slot.is_used_by_name && (self.plain.contains(&name) || self.references.contains_key(&name))
    }

    /// Whether a local is moved at once, before any suspension point, and used for nothing else: then it
    /// need not be in the frame.
    pub(super) fn passes_through(&self, guard: &Guard) -> bool {
        let slot = self.frame.get(guard.slot);
        let is_passable = slot.initial.is_none() || self.passable.contains(&guard.slot);
        let is_moved = self.moved_once(guard).is_some();
        // A reference need not be moved, for it has no destructor.
        let is_reference = slot.initial.is_some()
            && slot.parts.is_empty()
            && self.references.contains_key(&slot.local.to_string());
        is_passable && self.is_brief(guard) && (is_moved || is_reference)
    }

    /// The one move of a local that is certainly moved, once, and has no value from then on.
    fn moved_once(&self, guard: &Guard) -> Option<&Move> {
        let slot = self.frame.get(guard.slot);
        match self.moves.get(&guard.slot)?.as_slice() {
            [only]
                if only.certain == Some(slot.depth)
                    && !only.at.in_loop
                    && !self.assigned.contains(&guard.slot) =>
            {
                Some(only)
            }
            _ => None,
        }
    }

    /// The uses of a local, if nothing refers to it.
    fn uses(&self, slot: SlotId) -> Option<impl Iterator<Item = Read>> {
        let moves = self.moves.get(&slot).into_iter().flatten();
        let reads = self.reads.get(&slot).into_iter().flatten();
        let uses = moves.map(|moved| moved.at).chain(reads.copied());
        (!self.placed.contains(&slot)).then_some(uses)
    }

    /// How many saved locals there are when a local is certainly gone, to which nothing refers: when it has been moved, or,
    /// if it has no destructor, when it has been read for the last time.
    fn gone(&self, guard: &Guard) -> Option<usize> {
        let slot = self.frame.get(guard.slot);
        let is_alone = slot.is_used_by_name
            && slot.initial.is_none()
            && slot.parts.is_empty()
            && slot.refills.is_empty()
            && guard.until.is_none();
        let mut uses = self.uses(guard.slot).filter(|_| is_alone)?;
        if let Some(only) = self.moved_once(guard) {
            return Some(only.at.slots);
        }
        if !self.is_plain(guard.slot) || slot.tracked || self.assigned.contains(&guard.slot) {
            return None;
        }
        uses.try_fold(0, |last, used| {
            (!used.in_loop).then_some(last.max(used.slots))
        })
    }

    /// Whether a local is read and moved before any suspension point that comes after it, and used for nothing
    /// else: then it has to be in the frame only if it has to be dropped.
    fn is_brief(&self, guard: &Guard) -> bool {
        let uses = self.uses(guard.slot);
        uses.is_some_and(|mut uses| uses.all(|used| used.points == guard.after && !used.in_loop))
    }

    /// The condition under which the guard's local is live when control passes.
    pub(super) fn live(&self, guard: &Guard) -> TokenStream {
        let after = point_at(guard.after);
        let live = match guard.until {
            Some(until) if until < self.points.len() => {
                let until = point_at(until);
                q!(to > #after && to <= #until)
            }
            _ => q!(to > #after),
        };
        match &guard.role {
            Role::Only => live,
            Role::Temporary(mode) => q!(!#mode.moves() && #live),
            Role::Operand(mode) => q!(#mode.moves() && #live),
        }
    }

    /// Declares a guard. All uses of its local have been lowered by now.
    pub(super) fn render_guard(&mut self, guard: &Guard) -> TokenStream {
        if let Role::Operand(_) = guard.role {
            // The slot has another guard, which says how it is kept.
            let (live, slot) = (self.live(guard), self.frame.get(guard.slot));
            let (name, saved) = (&slot.name, operand_guard(slot));
            return q!(let mut #saved = #private::Saved::new(#name, #live, &suspending););
        }
        // An operand that is used before any suspension point need not be in the frame either.
        let is_used_at_once = guard.until == Some(guard.after) && matches!(guard.role, Role::Only);
        if is_used_at_once || guard.until.is_none() && self.passes_through(guard) {
            let slot = self.frame.get_mut(guard.slot);
            slot.storage = match slot.initial {
                Some(_) => Storage::Passed,
                None => Storage::Stack,
            };
            let slot = self.frame.get(guard.slot);
            let (name, saved) = (&slot.name, &slot.guard);
            return q!(let mut #saved = #private::Saved::new(#name, false, &suspending););
        }
        let end = self.points.len();
        let moved = self.moves.get(&guard.slot).is_some_and(|moves| {
            moves
                .iter()
                .any(|moved| moved.at.in_loop || moved.at.points < end)
        });
        self.check_parts(guard.slot);
        let parted = !self.frame.get(guard.slot).parts.is_empty();
        let is_plain = !parted && self.is_plain(guard.slot);
        if parted || moved && !is_plain && guard.until.is_none() {
            self.frame.get_mut(guard.slot).tracked = true;
        }
        let (is_brief, gone) = (self.is_brief(guard), self.gone(guard));
        let slot = self.frame.get_mut(guard.slot);
        slot.gone = gone;
        if is_brief && slot.is_used_by_name && slot.initial.is_none() && slot.refills.is_empty() {
            slot.storage = if is_plain {
                Storage::Stack
            } else {
                Storage::ByType
            };
        }
        let live = self.live(guard);
        self.guard_tokens(guard.slot, &quote!(new), &live)
    }

    /// Declares the guard of a binding which has been initialised when control gets there.
    pub(super) fn render_bound(&mut self, guard: &Guard) -> TokenStream {
        // For its side effect: it finds out how the binding is kept.
        self.render_guard(guard);
        let slot = self.frame.get(guard.slot);
        let live = if slot.tracked || slot.on_stack() {
            started()
        } else {
            quote!(true)
        };
        let mut tokens = self.guard_tokens(guard.slot, &quote!(bound), &live);
        tokens.extend(self.drops_rest(guard.slot));
        tokens
    }

    pub(super) fn guard_tokens(
        &self,
        id: SlotId,
        how: &TokenStream,
        live: &TokenStream,
    ) -> TokenStream {
        let slot = self.frame.get(id);
        let (name, saved) = (&slot.name, &slot.guard);
        // Any other that was moved would have a flag.
        let may_be_gone = slot.on_stack() || self.moves.contains_key(&id);
        if may_be_gone && !slot.tracked && self.is_plain(id) {
            return q!(let mut #saved = #private::Saved::plain(#name, #live, &suspending););
        }
        if !slot.tracked {
            return q!(let mut #saved = #private::Saved::new(#name, #live, &suspending););
        }
        let flag = format_ident!("{name}_live", span = name.span());
        if slot.parts.is_empty() {
            return q!(let mut #saved = #private::Tracked::#how(#name, #flag, #live, &suspending););
        }
        let moved = slot.all_moved();
        q! {
            let mut #saved = #private::Parted::#how(#name, #flag, #moved, #live, &suspending);
        }
    }

    /// What tells a guard how to drop the rest of its local, if parts of it may be moved. This stands where
    /// the local's type is known.
    pub(super) fn drops_rest(&self, slot: SlotId) -> TokenStream {
        let slot = self.frame.get(slot);
        if slot.parts.is_empty() {
            return TokenStream::new();
        }
        let (saved, drop_rest) = (&slot.guard, rest::drop_rest(&slot.parts));
        let mut tokens = q!(#private::drops_rest(&#saved, #drop_rest););
        for refill in &slot.refills {
            if let Some(drop_rest) = rest::drop_rest_of(refill, &slot.parts) {
                let (name, place) = (&refill.name, &refill.place);
                tokens.extend(q! {
                    if false { loop {} #private::refills(&#name, &raw const #place, #drop_rest); }
                });
            }
        }
        tokens
    }
}

/// The name of the guard of a value as an operand; as a temporary it has the slot's.
pub(super) fn operand_guard(slot: &frame::Slot) -> Ident {
    format_ident!("{}_operand", slot.guard, span = slot.guard.span())
}
