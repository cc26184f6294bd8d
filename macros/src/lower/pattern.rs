//! Patterns: which arm a value goes to, and what is bound there.
//!
//! ```text
//! match x { A(a) if g => .., B { b, c } => .. }       of a saved local
//!     →  match 'selected: {
//!            match (*x.at()) {
//!                A(a) if g && { break 'selected This((bound(&raw const a, ..),)) } => unmatched(),
//!                B { b, c } if { break 'selected Other((bound(&raw const b, ..), ..)) } => unmatched(),
//!                _ => unmatched(),
//!            }
//!        } { This((a,)) => .., Other((b, c)) => .. }
//! ```
//!
//! A selection decides on an arm and evaluates to its bindings. Nothing may be moved out of a slot by a
//! pattern, for rustc sees a raw pointer there; but in a guard, which comes before that, a binding is the
//! place in the slot that it would be moved from (reference, "Match guards"), or the reference that it would
//! be. There it is read, and the arm is never reached. What has a destructor has been moved: a reference has
//! none, and what is copied has none.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Expr, Ident, Pat};

use super::{
    Guard, Lower, Reference, Role, part,
    place::{Access, is_plain_place},
    sites::{self, Site},
};
use crate::hygiene::{private, span_of};
use crate::{
    choice::choice,
    frame::{Matched, Part, SlotId, Taken},
    syntax::{self, bindings, guarded, is_place, part_path, pattern_use, suspends},
};

/// What is matched on.
pub(super) enum Scrutinee {
    /// A place of which nothing is moved, or a value of which nothing is left.
    Plain(TokenStream),
    /// A saved local, or a part of one, that patterns may take apart.
    Owned(Owned),
}

impl Scrutinee {
    /// The place that is matched on.
    pub fn place(&self) -> &TokenStream {
        match self {
            Scrutinee::Plain(place) | Scrutinee::Owned(Owned { place, .. }) => place,
        }
    }
}

/// How long something that is matched on stays.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stays {
    /// Until an arm has been chosen.
    ToChoose,
    /// An arm suspends: what is left of a value when its arm has been chosen must be kept, so a value is a
    /// saved local.
    InArms,
    /// A guard suspends, after which more arms are tried.
    InGuards,
}

/// A saved local, or a part of one.
pub(super) struct Owned {
    /// The local.
    pub slot: SlotId,
    /// Where it is.
    place: TokenStream,
    /// Its path, `x.a`, and that of the local.
    path: String,
    root: String,
    /// The members of its path, as they are written.
    written: Vec<TokenStream>,
    /// Whether it is a value that is kept for this match alone.
    is_temporary: bool,
    /// What evaluates such a value, if that has to be done where the match stands.
    pub put: Option<TokenStream>,
    /// The number of the `match`, of which one arm is chosen, however its arms are tried.
    number: usize,
}

impl Lower<'_> {
    /// Lowers what is matched on, which has to stay as long as `stays` says.
    pub(super) fn scrutinee(&mut self, expr: &mut Expr, pats: &[&Pat], stays: Stays) -> Scrutinee {
        // Its temporaries live as long as the full expression around.
        let held = stays != Stays::ToChoose || self.hold;
        let uses: Vec<_> = pats.iter().map(|pat| pattern_use(pat)).collect();
        let takes = uses.iter().any(|used| used.takes);
        if stays != Stays::InGuards && self.takes_to_empty(expr, pats) {
            return Scrutinee::Plain(quote!(#expr));
        }
        if takes && !self.in_closure {
            if let Some(owned) = self.owned_place(expr) {
                return Scrutinee::Owned(owned);
            }
        }
        if let Some(slot) = syntax::as_name(expr).and_then(|name| self.saved(name)) {
            return Scrutinee::Plain(self.place_of(slot, span_of(&expr)));
        }
        if takes && uses.iter().any(|used| used.refers) {
            if let Some(extended) = self.extended_scrutinee(expr) {
                return extended;
            }
        }
        let outer = std::mem::replace(&mut self.hold, held);
        let scrutinee = self.other_scrutinee(expr, pats, stays, takes);
        self.hold = outer;
        scrutinee
    }

    /// The saved local, or the part of one, that patterns may take apart. It may be used later, if it is of a type that is
    /// copied, or on paths where they have taken nothing.
    pub(super) fn owned_place(&mut self, expr: &mut Expr) -> Option<Owned> {
        let (name, path) = part_path(expr)?;
        let slot = self.owned(&name)?;
        let root = name.to_string();
        let reference = self.reference(&name);
        if reference == Some(Reference::Shared) || reference.is_some() && path != root {
            return None;
        }
        let written = syntax::part_members(expr);
        self.place(expr);
        self.note_move(slot);
        self.count += 1;
        Some(Owned {
            written,
            number: self.count,
            slot,
            place: quote!(#expr),
            path,
            root,
            is_temporary: false,
            put: None,
        })
    }

    fn other_scrutinee(
        &mut self,
        expr: &mut Expr,
        pats: &[&Pat],
        stays: Stays,
        takes: bool,
    ) -> Scrutinee {
        let held = stays != Stays::ToChoose || self.hold;
        let has_points = suspends(expr);
        let is_used_again = has_points && held || stays == Stays::InGuards && !is_plain_place(expr);
        // What is indexed may have no size, be it a local or a temporary.
        let is_index = matches!(syntax::strip(expr), Expr::Index(_));
        let is_place = (is_place(expr) || is_index) && !is_unit(expr);
        if is_place && is_used_again {
            return Scrutinee::Plain(self.held_scrutinee(expr, pats));
        }
        let is_extended = syntax::is_extended(expr);
        if is_place || is_extended && !has_points {
            self.place(expr);
            return Scrutinee::Plain(quote!(#expr));
        }
        let steps = std::mem::take(&mut self.temporaries.steps);
        let part = self.temporary_part(expr);
        let inner = std::mem::replace(&mut self.temporaries.steps, steps);
        if let Some(part) = part {
            let in_turn = stays == Stays::ToChoose && !has_points;
            if !in_turn {
                let (condition, put) = (self.until_here(has_points), &part.put);
                self.temporaries
                    .steps
                    .extend(q!(if #condition { #inner #put; }));
            }
            return self.part_scrutinee(part, expr, takes, in_turn);
        }
        let used_up = is_used_up(expr, pats) && stays != Stays::InGuards;
        // Or it is when an arm has been chosen.
        let moves_on = takes && binds_all(pats) && stays != Stays::InGuards;
        if !held || self.in_closure || used_up && !has_points {
            self.value(expr);
            return Scrutinee::Plain(quote!(#expr));
        }
        let span = span_of(&expr);
        let slot = self.temporary_slot("scrutinee");
        // Nothing refers to it then, once its arm has been chosen.
        let is_looked_at =
            stays != Stays::InGuards && !pats.iter().any(|pat| pattern_use(pat).refers);
        let steps = std::mem::take(&mut self.temporaries.steps);
        self.value(expr);
        let inner = std::mem::replace(&mut self.temporaries.steps, steps);
        let guard = self.frame.get(slot).guard.clone();
        let put = at!(span=> #private::put(&mut #guard, #expr));
        // Where nothing suspends it is evaluated in its turn.
        let in_turn = stays == Stays::ToChoose && !has_points;
        if !in_turn {
            let condition = self.until_here(has_points);
            self.temporaries
                .steps
                .extend(q!(if #condition { #inner #put; }));
        }
        let after = self.points.len();
        self.temporaries.guards.push(Guard {
            slot,
            after,
            until: (used_up || moves_on).then_some(after),
            role: Role::Only,
        });
        if used_up {
            return Scrutinee::Plain(q!((&mut #guard).take()));
        }
        if !takes && in_turn {
            return Scrutinee::Plain(q!((*#put)));
        }
        let place = if is_looked_at {
            // So it leaves the frame, unless something is left of it that has to be dropped.
            self.frame.get_mut(slot).is_used_by_name = true;
            self.look_at(slot, span)
        } else {
            self.place_of(slot, span)
        };
        if !takes {
            return Scrutinee::Plain(place);
        }
        Scrutinee::Owned(Owned {
            is_temporary: !in_turn,
            put: in_turn.then_some(put),
            ..self.owned_at(slot, place)
        })
    }

    /// A part of a temporary, which is made here if it is its turn.
    fn part_scrutinee(
        &mut self,
        part: part::TemporaryPart,
        expr: &Expr,
        takes: bool,
        in_turn: bool,
    ) -> Scrutinee {
        let part::TemporaryPart { slot, put, path } = part;
        if !takes {
            return Scrutinee::Plain(if in_turn {
                q!((*match #put { _ => &raw mut #expr }))
            } else {
                quote!(#expr)
            });
        }
        Scrutinee::Owned(Owned {
            is_temporary: !in_turn,
            put: in_turn.then_some(put),
            ..self.owned_part(slot, expr, path)
        })
    }

    /// A part of a saved local which has no name, by where it is.
    pub(super) fn owned_part(&mut self, slot: SlotId, part: &Expr, path: String) -> Owned {
        Owned {
            written: syntax::part_members(part),
            path,
            ..self.owned_at(slot, quote!(#part))
        }
    }

    /// A place that is evaluated once and matched on later.
    fn held_scrutinee(&mut self, expr: &mut Expr, pats: &[&Pat]) -> TokenStream {
        let access = self.ask_access();
        self.hold_place(expr, &Access::Asked(access.clone()));
        let pats = pats.iter().map(|pat| guarded(pat).0);
        self.temporaries.steps.extend(q! {
            if false {
                loop {}
                let local = #private::stand_in(&raw mut #expr);
                let probe = &#private::Probe::new();
                probe.is(&|| -> () { loop {} &*local; match (*local).value { #(#pats => {})* } });
                probe.has_access(&#access);
            }
        });
        quote!(#expr)
    }

    /// All of a saved local which has no name, or whose name is its slot's.
    pub(super) fn owned_slot(&mut self, slot: SlotId, span: Span) -> Owned {
        let place = self.place_of(slot, span);
        self.owned_at(slot, place)
    }

    /// All of a saved local, which is at this place.
    fn owned_at(&mut self, slot: SlotId, place: TokenStream) -> Owned {
        self.note_move(slot);
        let path = self.frame.get(slot).name.to_string();
        self.count += 1;
        Owned {
            number: self.count,
            slot,
            written: Vec::new(),
            place,
            root: path.clone(),
            path,
            is_temporary: false,
            put: None,
        }
    }

    /// An expression that evaluates to the bindings of the arm that a value goes to: `This(..)` for the
    /// first, `Other(This(..))` for the second, and so on.
    pub(super) fn select(&mut self, scrutinee: &Scrutinee, pats: &[Pat]) -> TokenStream {
        let chosen: Vec<_> = (0..pats.len())
            .map(|number| move |values: &TokenStream| choice(number, pats.len(), values))
            .collect();
        let owned = match scrutinee {
            Scrutinee::Plain(value) => {
                let arms = pats.iter().zip(chosen).map(|(pat, chosen)| {
                    let names = bindings(guarded(pat).0);
                    let chosen = chosen(&quote!((#(#names,)*)));
                    q!(#pat => #chosen,)
                });
                return q!(match #value { #(#arms)* });
            }
            Scrutinee::Owned(owned) => owned,
        };
        let label = self.label("selected");
        let this_match = Matching {
            number: owned.number,
            is_only: pats.len() == 1,
            together: self.moved_together(owned, pats),
        };
        let mut arms = TokenStream::new();
        for (pat, chosen) in pats.iter().zip(chosen) {
            let (pattern, guard) = guarded(pat);
            let names = bindings(guarded(pat).0);
            let used = pattern_use(pattern);
            if !used.takes {
                let chosen = chosen(&quote!((#(#names,)*)));
                arms.extend(q!(#pat => #chosen,));
                continue;
            }
            let guard = guard.map(|guard| quote!((#guard) &&));
            for pattern in alternatives(pattern) {
                let values = self.bound(owned, &pattern, &this_match);
                let values = names.iter().map(|name| {
                    let (_, value) = values
                        .iter()
                        .find(|(bound, _)| bound == name)
                        .unwrap_or_else(|| unreachable!("each alternative binds each name"));
                    value
                });
                let chosen = chosen(&quote!((#(#values,)*)));
                arms.extend(q! {
                    #pattern if #guard { break #label #chosen } => #private::unmatched(),
                });
            }
        }
        let place = &owned.place;
        let selected = q!(match #place { #arms _ => #private::unmatched() });
        match &owned.put {
            None => q!(#label: { #selected }),
            Some(put) => {
                let drops_rest = self.drops_rest(owned.slot);
                // No block is around what evaluates it: its temporaries live as long as the statement.
                q!((match #put { _ => #label: { #drops_rest #selected } }))
            }
        }
    }

    fn sites(&self, owned: &Owned, pat: &Pat, is_only: bool) -> Vec<Site> {
        let mut sites = Vec::new();
        sites::sites(pat, is_only, &self.structs, &owned.path, &mut sites);
        sites
    }

    /// The parts of which some arm moves what it binds together. What other arms bind of them is moved
    /// together as well: one of the arms is chosen.
    fn moved_together(&self, owned: &Owned, pats: &[Pat]) -> Vec<String> {
        pats.iter()
            .map(|pat| guarded(pat).0)
            .filter(|pat| pattern_use(pat).takes)
            .flat_map(alternatives)
            .flat_map(|pat| self.sites(owned, &pat, pats.len() == 1))
            .filter(|site| site.grouped && !site.refers)
            .map(|site| site.path)
            .collect()
    }

    /// The values of a pattern's bindings, of which the guard of the local is told what has been moved.
    fn bound(
        &mut self,
        owned: &Owned,
        pat: &Pat,
        this_match: &Matching,
    ) -> Vec<(Ident, TokenStream)> {
        let names = bindings(pat);
        let is_whole = owned.path == owned.root && !self.assigned_in_part.contains(&owned.root);
        if is_whole && !pattern_use(pat).leaves {
            let guard = self.guard_of(owned.slot, Span::call_site());
            let value = |name: &Ident| q!(#private::bound_whole(&#name, &mut #guard));
            let values = names.into_iter().map(|name| (name.clone(), value(&name)));
            return values.collect();
        }
        let sites = self.sites(owned, pat, this_match.is_only);
        let sites = sites::together(sites, &this_match.together);
        let mut values = Vec::new();
        for Site {
            path,
            names,
            grouped,
            refers,
        } in sites
        {
            if refers {
                let value = |name: &Ident| q!((&raw const #name).read());
                values.extend(names.into_iter().map(|name| (name.clone(), value(&name))));
                continue;
            }
            let bit = self.bit(
                owned.slot,
                Part {
                    path,
                    written: owned.written.clone(),
                    taken: Taken::Matched(Box::new(Matched {
                        on: owned.path.clone(),
                        pat: sites::binding_only(pat, &names),
                        names: names.clone(),
                        variant_in: grouped.then_some(this_match.number),
                    })),
                    mode: None,
                },
            );
            let value = |name: &Ident| q!(#private::bound(&#name, #bit));
            values.extend(names.into_iter().map(|name| (name.clone(), value(&name))));
        }
        values
    }

    /// What tells the guard of a value that is kept for one match how to drop the rest of it.
    pub(super) fn rest_of(&self, scrutinee: &Scrutinee) -> TokenStream {
        match scrutinee {
            Scrutinee::Owned(owned) if owned.is_temporary => self.drops_rest(owned.slot),
            _ => TokenStream::new(),
        }
    }

    /// Chooses the arm that the scrutinee goes to, and evaluates what is given for it, where the arm's
    /// bindings are plain locals.
    pub(super) fn dispatch(
        &mut self,
        scrutinee: &Scrutinee,
        pats: &[Pat],
        arms: &[TokenStream],
    ) -> TokenStream {
        if let Scrutinee::Plain(value) = scrutinee {
            return q!(match #value { #(#pats => #arms,)* _ => #private::unmatched(), });
        }
        let selection = self.select(scrutinee, pats);
        let bound = pats.iter().enumerate().map(|(number, pat)| {
            let names = bindings(guarded(pat).0);
            choice(number, pats.len(), &quote!((#(mut #names,)*)))
        });
        q!(match #selection { #(#bound => #arms,)* })
    }

    /// Initialises saved locals from plain ones of the same names. Their guards come later.
    pub(super) fn init(&self, names: &[Ident]) -> TokenStream {
        names
            .iter()
            .filter_map(|name| {
                let slot = super::located(&self.frame.get(self.saved(name)?).name, name.span());
                Some(q!(#private::init(#slot, #name);))
            })
            .collect()
    }

    /// Initialises saved locals from plain ones of the same names. Their guards are there.
    pub(super) fn put(&self, names: &[Ident]) -> TokenStream {
        names
            .iter()
            .filter_map(|name| {
                let guard = self.guard_of(self.saved(name)?, name.span());
                Some(q!(#private::put(&mut #guard, #name);))
            })
            .collect()
    }
}

/// What the arms of a match have in common.
struct Matching {
    number: usize,
    /// Whether there is one arm.
    is_only: bool,
    /// The parts of which all is moved together that an arm binds.
    together: Vec<String>,
}

/// A pattern for each alternative, where what is left depends on it.
fn alternatives(pat: &Pat) -> Vec<Pat> {
    if pattern_use(pat).leaves {
        sites::alternatives(pat)
    } else {
        vec![pat.clone()]
    }
}

/// Whether nothing with a destructor is left of a value when a guard or an arm runs: it is a reference, or a
/// primitive, or all of it goes into bindings.
fn is_used_up(expr: &Expr, pats: &[&Pat]) -> bool {
    match syntax::strip(expr) {
        Expr::Reference(_) | Expr::Cast(_) | Expr::Lit(_) => return true,
        _ => {}
    }
    pats.iter().any(|pat| is_primitive(guarded(pat).0))
        || binds_all(pats) && pats.iter().all(|pat| guarded(pat).1.is_none())
}

/// Whether all of a value goes into bindings, in whatever arm.
fn binds_all(pats: &[&Pat]) -> bool {
    pats.iter().all(|pat| is_whole(guarded(pat).0))
}

/// Whether a pattern says that the value is a primitive or a string slice.
fn is_primitive(pat: &Pat) -> bool {
    match pat {
        Pat::Lit(_) | Pat::Range(_) => true,
        Pat::Or(or) => or.cases.iter().any(is_primitive),
        Pat::Paren(pat) => is_primitive(&pat.pat),
        _ => false,
    }
}

/// Whether a pattern takes all there is to take: a name, or a tuple of names.
pub(super) fn is_whole(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(pat) => pat.by_ref.is_none() && pat.subpat.is_none() && syntax::is_binding(pat),
        Pat::Tuple(pat) => pat.elems.iter().all(is_whole),
        Pat::Paren(pat) => is_whole(&pat.pat),
        _ => false,
    }
}

/// Whether an expression is named as unit structs and variants are, which are values: `None`. A static is none.
fn is_unit(expr: &Expr) -> bool {
    let Expr::Path(path) = syntax::strip(expr) else {
        return false;
    };
    let last = path.path.segments.last().map(|last| last.ident.to_string());
    last.is_some_and(|last| {
        last.starts_with(char::is_uppercase) && last.contains(char::is_lowercase)
    })
}
