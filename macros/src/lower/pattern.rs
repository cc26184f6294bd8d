//! Patterns: which arm a value goes to, and what is bound there.
//!
//! ```text
//! match x { A(a) => .., B { b, c } => .. }       the last use of a saved local
//!     →  match <selection> { This((a,)) => .., Other(This((b, c,))) => .. }
//! ```
//!
//! A selection decides on an arm and evaluates to its bindings. Whether its patterns move out of `x` or
//! borrow it, rustc is asked, as for a call.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Expr, Ident, Pat};

use super::{Guard, Lower, Reference, call::last_use, part::Movable};
use crate::hygiene::{private, span_of};
use crate::{
    frame::SlotId,
    syntax::{self, as_name, bindings, is_place, pattern_use, suspends},
};

/// What is matched on.
pub(super) enum Scrutinee {
    /// A place, or a value that nothing is left of.
    Plain(TokenStream),
    /// A saved local that is not used again.
    Whole(SlotId, Span),
    /// A part of a saved local, which is not used again.
    Part(Movable, Span),
    /// A value that is kept, whose guard has yet to be declared; it came to be after so many suspension
    /// points.
    Late(SlotId, Span, usize),
}

impl Lower<'_> {
    /// Lowers what is matched on. If `held`, an arm suspends, so that what is left of a value when its arm
    /// has been chosen must be kept: then it is a saved local.
    pub(super) fn scrutinee(&mut self, expr: &mut Expr, pats: &[&Pat], held: bool) -> Scrutinee {
        let uses: Vec<_> = pats.iter().map(|pat| pattern_use(pat)).collect();
        let takes = uses.iter().any(|used| used.takes);
        // `&x` cannot be matched on a reference to the whole; what it binds is copied anyhow.
        let leaves = uses.iter().any(|used| used.takes && used.leaves);
        let refers = uses
            .iter()
            .any(|used| used.refers || leaves && used.looks_through);
        if let Some(slot) = as_name(expr).and_then(|name| self.saved(name)) {
            let span = span_of(&expr);
            // Parts that a pattern leaves may be used later.
            let last = last_use(expr) == Some(true);
            let shared =
                as_name(expr).and_then(|name| self.reference(name)) == Some(Reference::Shared);
            if takes && !refers && !shared && !self.in_closure && (last || leaves) {
                self.note_move(slot);
                return Scrutinee::Whole(slot, span);
            }
            return Scrutinee::Plain(self.place_of(slot, span));
        }
        let says_ref = uses.iter().any(|used| used.refers);
        if held && self.target.movable && says_ref && syntax::part_path(expr).is_none() {
            self.errors.reject(
                &expr,
                "`ref` to a part of a temporary, across a suspension point of a generator that may move; \
                 bind the value first: `let value = ..;`",
            );
        }
        if takes && !refers && matches!(syntax::strip(expr), Expr::Field(_) | Expr::Unary(_)) {
            let span = span_of(&expr);
            if let Some(part) = self.movable_part(expr, true) {
                return Scrutinee::Part(part, span);
            }
        }
        let outer = self.hold;
        self.hold |= held;
        let scrutinee = self.other_scrutinee(expr, pats, held, takes && !refers);
        self.hold = outer;
        scrutinee
    }

    fn other_scrutinee(
        &mut self,
        expr: &mut Expr,
        pats: &[&Pat],
        held: bool,
        takes: bool,
    ) -> Scrutinee {
        let has_points = suspends(expr);
        if is_place(expr) && has_points && held {
            self.errors.reject(
                &expr,
                "a place with a suspension point in it, matched on across another, is not supported yet; \
                 bind the value of the suspension point first: `let index = ..;`",
            );
        }
        if is_place(expr) {
            self.place(expr);
            return Scrutinee::Plain(quote!(#expr));
        }
        let used_up = is_used_up(expr, pats);
        if !held || self.in_closure || used_up && !has_points {
            self.value(expr);
            return Scrutinee::Plain(quote!(#expr));
        }
        let span = span_of(&expr);
        let slot = self.anonymous("scrutinee");
        let steps = std::mem::take(&mut self.temporaries.steps);
        self.value(expr);
        let inner = std::mem::replace(&mut self.temporaries.steps, steps);
        let (name, guard) = {
            let slot = self.frame.get(slot);
            (slot.name.clone(), slot.guard.clone())
        };
        let leaves = pats.iter().any(|pat| {
            let used = pattern_use(pat);
            used.takes && used.leaves
        });
        // If parts may be moved out of it, its guard must know its type, so it comes later.
        let late = takes && leaves && !used_up;
        let condition = self.until_here(has_points);
        self.temporaries.steps.extend(if late {
            q!(if #condition { #inner #private::init(#name, #expr); })
        } else {
            q!(if #condition { #inner #private::put(&mut #guard, #expr); })
        });
        let after = self.points.len();
        if late {
            self.note_move(slot);
            return Scrutinee::Late(slot, span, after);
        }
        self.temporaries.guards.push(Guard {
            slot,
            after,
            until: used_up.then_some(after),
        });
        if used_up {
            return Scrutinee::Plain(q!((&mut #guard).take()));
        }
        if takes {
            self.note_move(slot);
            Scrutinee::Whole(slot, span)
        } else {
            Scrutinee::Plain(self.place_of(slot, span))
        }
    }

    /// An expression that evaluates to the bindings of the arm that a value goes to: `This(..)` for the
    /// first, `Other(This(..))` for the second, and so on. Guards must have been lowered.
    pub(super) fn select(&mut self, scrutinee: &Scrutinee, pats: &[Pat]) -> TokenStream {
        let arms: Vec<_> = pats
            .iter()
            .enumerate()
            .map(|(number, pat)| {
                let bound = bindings(pat);
                let bound = choice(number, pats.len(), &quote!((#(#bound,)*)));
                (pat, bound)
            })
            .collect();
        match scrutinee {
            Scrutinee::Plain(value) => {
                let arms = arms.iter().map(|(pat, bound)| q!(#pat => #bound,));
                q!(match #value { #(#arms)* _ => #private::unmatched(), })
            }
            Scrutinee::Whole(slot, span) | Scrutinee::Late(slot, span, _) => {
                self.select_whole(*slot, *span, &arms)
            }
            Scrutinee::Part(part, span) => self.select_part(part, *span, &arms),
        }
    }

    /// Of a saved local that is not used again.
    fn select_whole(
        &mut self,
        slot: SlotId,
        span: Span,
        arms: &[(&Pat, TokenStream)],
    ) -> TokenStream {
        let (place, guard) = (self.place_of(slot, span), self.guard_of(slot, span));
        let name = self.frame.get(slot).name.to_string();
        let leaves = leaves_parts(arms) || self.assigned_in_part.contains(&name);
        if leaves {
            let count = arms.len();
            let parts =
                self.select_parts(slot, arms, |number, values| choice(number, count, values));
            if let Some(moving) = parts {
                let by_ref = at!(span=> &#place);
                let moving = q!(match #by_ref { #(#moving)* _ => #private::unmatched(), });
                return probed(&place, span, arms, &TokenStream::new(), &moving);
            }
        }
        // Parts that have no path may not be left behind.
        let check = if leaves {
            at!(super::mixed(span)=> probe.moves_whole();)
        } else {
            TokenStream::new()
        };
        let moving = arms.iter().map(|(pat, bound)| {
            if pattern_use(pat).takes {
                q!(#pat => #bound,)
            } else {
                // Not moved in this arm.
                q!(#pat => { #private::put(&mut #guard, whole.0); #bound })
            }
        });
        let whole = syntax::generated("whole");
        let whole = at!(span=> (#whole).0);
        let moving = q! {
            let mut whole = ((&mut #guard).take(),);
            match #whole { #(#moving)* _ => #private::unmatched(), }
        };
        probed(&place, span, arms, &check, &moving)
    }

    /// Of a part of a local, of which no pattern leaves a part behind.
    fn select_part(
        &mut self,
        part: &Movable,
        span: Span,
        arms: &[(&Pat, TokenStream)],
    ) -> TokenStream {
        let Movable {
            slot,
            place,
            bit,
            mode,
        } = part;
        let (whole, moved) = self.part_names(*slot);
        let name = self.frame.get(*slot).name.to_string();
        let check = if leaves_parts(arms) || self.assigned_in_part.contains(&name) {
            at!(super::mixed(span)=> probe.moves_whole();)
        } else {
            TokenStream::new()
        };
        let moving = arms.iter().map(|(pat, bound)| {
            if pattern_use(pat).takes {
                q!(#pat => #bound,)
            } else {
                // Not moved in this arm.
                q!(#pat => { #private::refill(&raw mut #place, (#moved, #bit), part.0); #bound })
            }
        });
        let value = syntax::generated("part");
        let value = at!(span=> (#value).0);
        let moving = q! {
            let mut part = (#private::part(#whole, &raw const #place, #moved, #bit),);
            match #value { #(#moving)* _ => #private::unmatched(), }
        };
        probed(
            place,
            span,
            arms,
            &q!(probe.has_mode(#mode); #check),
            &moving,
        )
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
            let names = bindings(pat);
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

    /// The parts that a pattern leaves behind, given names: they live as long as its bindings. For patterns
    /// that a value is matched on, of types that have no destructor of their own.
    pub(super) fn name_rest(&mut self, pat: &mut Pat) {
        match pat {
            Pat::Wild(wild) => {
                self.count += 1;
                let name = format_ident!("rest_{}_", self.count, span = wild.underscore_token.span);
                self.rests.insert(name.to_string());
                *pat = syn::parse_quote!(#name);
            }
            Pat::Tuple(tuple) => tuple.elems.iter_mut().for_each(|pat| self.name_rest(pat)),
            Pat::Paren(paren) => self.name_rest(&mut paren.pat),
            Pat::TupleStruct(pat) if is_std_constructor(&pat.path) => {
                pat.elems.iter_mut().for_each(|pat| self.name_rest(pat));
            }
            _ => {}
        }
    }
}

/// Asks rustc whether patterns move out of a place. If they do, `moving` runs.
fn probed(
    place: &TokenStream,
    span: Span,
    arms: &[(&Pat, TokenStream)],
    check: &TokenStream,
    moving: &TokenStream,
) -> TokenStream {
    let unguarded = arms.iter().map(|(pat, _)| without_guard(pat));
    // Where the user wrote what is matched on.
    let local = syntax::generated("local");
    let value = at!(span=> (#local).value);
    let borrowing = arms.iter().map(|(pat, bound)| q!(#pat => #bound,));
    q! {{
        let (local_type, probe) = (&#private::Ty::new(), &#private::Probe::new());
        if false {
            loop {}
            local_type.is(&#place);
            let mut local = #private::Local::like(local_type);
            probe.is(&|| { &local; match #value { #(#unguarded => {})* _ => {} } });
            #check
        }
        if probe.moves() {
            probe.in_move();
            #moving
        } else {
            probe.in_borrow();
            match #place { #(#borrowing)* _ => #private::unmatched(), }
        }
    }}
}

/// Whether a pattern may move a part and leave another.
fn leaves_parts(arms: &[(&Pat, TokenStream)]) -> bool {
    arms.iter().any(|(pat, _)| {
        let used = pattern_use(pat);
        used.takes && used.leaves
    })
}

/// The `number`th of so many alternatives of a selection.
pub(super) fn choice(number: usize, count: usize, inner: &TokenStream) -> TokenStream {
    let this = if number + 1 == count {
        inner.clone()
    } else {
        q!(#private::Either::This(#inner))
    };
    (0..number).fold(this, |inner, _| q!(#private::Either::Other(#inner)))
}

/// A pattern without its guard.
pub(super) fn without_guard(pat: &Pat) -> &Pat {
    match pat {
        Pat::Guard(guarded) => &guarded.pat,
        pat => pat,
    }
}

/// Whether nothing with a destructor is left of a value once its arm has been chosen: it is a reference,
/// or a primitive, or all of it goes into bindings.
fn is_used_up(expr: &Expr, pats: &[&Pat]) -> bool {
    match syntax::strip(expr) {
        Expr::Reference(_) | Expr::Cast(_) | Expr::Lit(_) => return true,
        _ => {}
    }
    let mut pats = pats.iter().map(|pat| without_guard(pat));
    pats.clone().any(is_primitive) || pats.all(is_whole)
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

/// Whether a pattern takes all there is to take: a name, or one of std's constructors or a tuple of such.
/// These types have no destructor of their own.
fn is_whole(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(pat) => {
            (pat.by_ref.is_none() && pat.subpat.is_none() && syntax::is_binding(pat))
                || pat.ident == "None"
        }
        Pat::Tuple(pat) => pat.elems.iter().all(is_whole),
        Pat::Paren(pat) => is_whole(&pat.pat),
        Pat::Path(path) => path.path.is_ident("None"),
        Pat::TupleStruct(pat) => is_std_constructor(&pat.path) && pat.elems.iter().all(is_whole),
        Pat::Lit(_) => true,
        _ => false,
    }
}

fn is_std_constructor(path: &syn::Path) -> bool {
    let last = path.segments.last();
    last.is_some_and(|segment| {
        ["Some", "Ok", "Err"]
            .iter()
            .any(|name| segment.ident == name)
    })
}
