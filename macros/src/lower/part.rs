//! Moves of a part of a saved local: a field, what a box holds, what a pattern binds.
//!
//! ```text
//! let p = person(); yield 1; f(p.name)
//!     →  .. f(part(p, &raw const (*p.at()).name, p_moved, 1))
//! ```
//!
//! and the guard of `p` drops what is left, by moving the same parts out of a copy, and forgetting them:
//!
//! ```text
//! Parted::new(p, .., |rest, moved| if moved & 1 != 0 { forget(rest.name) })
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Expr, Ident, Member, Pat, UnOp,
    visit_mut::{self, VisitMut},
};

use super::{Lower, mixed};
use crate::{
    frame::{Part, SlotId},
    hygiene::{private, span_of},
    syntax::{self, is_last_use, part_path, part_root},
};

/// How many parts have a bit. A local with more is moved as a whole alone.
const BITS: usize = 8;

/// A part of a saved local that may be moved out.
pub(super) struct Movable {
    /// The local.
    pub slot: SlotId,
    /// The part, where it is.
    pub place: TokenStream,
    /// Its bit.
    pub bit: Literal,
    /// For a receiver: tells the guard whether it is moved.
    pub mode: Ident,
}

impl Lower<'_> {
    /// The value of a part of a saved local which is used for the last time: moved, or copied.
    pub(super) fn part_value(&mut self, expr: &mut Expr) -> Option<TokenStream> {
        let Movable {
            slot, place, bit, ..
        } = self.movable_part(expr, false)?;
        let (whole, moved) = self.part_names(slot);
        let span = mixed(span_of(&expr));
        Some(at! {span=>
            #private::part(#whole, &raw const #place, #moved, #bit)
        })
    }

    /// The part, if an expression is one of a saved local, and is not used later.
    pub(super) fn movable_part(&mut self, expr: &mut Expr, is_receiver: bool) -> Option<Movable> {
        if self.in_closure || self.in_probe {
            return None;
        }
        let (name, path) = part_path(expr)?;
        let slot = self.saved(&name)?;
        let is_last = part_root(expr).is_some_and(|root| is_last_use(root));
        if !is_last || name == path || self.reference(&name).is_some() {
            return None;
        }
        let rest = project(expr, &syntax::generated("rest"));
        let number = self.frame.get(slot).parts.len();
        let name = &self.frame.get(slot).name;
        let mode = quote::format_ident!("{name}_mode_{number}", span = name.span());
        let part = Part::Path {
            path,
            rest,
            mode: is_receiver.then(|| mode.clone()),
        };
        let bit = self.bit(slot, part)?;
        let mut place = expr.clone();
        self.place(&mut place);
        self.note_move(slot);
        Some(Movable {
            slot,
            place: place.into_token_stream(),
            bit,
            mode,
        })
    }

    /// The names of a slot, and of the bits of its parts.
    pub(super) fn part_names(&self, slot: SlotId) -> (Ident, Ident) {
        let name = self.frame.get(slot).name.clone();
        let moved = quote::format_ident!("{name}_moved", span = name.span());
        (name, moved)
    }

    /// The bit of a part, the same for the same part.
    fn bit(&mut self, slot: SlotId, part: Part) -> Option<Literal> {
        let parts = &mut self.frame.get_mut(slot).parts;
        let known = parts.iter().position(|other| match (other, &part) {
            // Whether a receiver is moved is another question each time.
            (
                Part::Path {
                    path: a,
                    mode: None,
                    ..
                },
                Part::Path {
                    path: b,
                    mode: None,
                    ..
                },
            ) => a == b,
            _ => false,
        });
        let number = match known {
            Some(number) => number,
            None if parts.len() < BITS => {
                parts.push(part);
                parts.len() - 1
            }
            None => return None,
        };
        Some(Literal::u8_unsuffixed(1 << number))
    }

    /// A part that is assigned has a value again, and drops none that has been moved.
    pub(super) fn refill(&mut self, expr: &Expr) -> Option<(SlotId, Literal)> {
        let (name, path) = part_path(expr)?;
        let slot = self.saved(&name)?;
        let mut bits = 0_u8;
        for (number, part) in self.frame.get(slot).parts.iter().enumerate() {
            if let Part::Path { path: part, .. } = part {
                if *part == path || part.strip_prefix(&path).is_some_and(|r| r.starts_with('.')) {
                    bits |= 1 << number;
                }
            }
        }
        (bits != 0 && !self.in_closure).then(|| (slot, Literal::u8_unsuffixed(bits)))
    }

    /// Arms that move parts out of a local and leave others: each is matched by reference, and what it
    /// binds is read.
    pub(super) fn select_parts(
        &mut self,
        slot: SlotId,
        arms: &[(&Pat, TokenStream)],
        bound: impl Fn(usize, &TokenStream) -> TokenStream,
    ) -> Option<Vec<TokenStream>> {
        let group = self.count;
        self.count += 1;
        let (whole, moved) = self.part_names(slot);
        let mut lowered = Vec::new();
        for (number, (pat, plain)) in arms.iter().enumerate() {
            if !syntax::pattern_use(pat).takes {
                lowered.push(q!(#pat => #plain,));
                continue;
            }
            let unguarded = super::pattern::without_guard(pat).clone();
            let names = syntax::bindings(&unguarded);
            let bit = self.bit(
                slot,
                Part::Pattern {
                    group,
                    pat: unguarded.to_token_stream(),
                    names: names.clone(),
                },
            )?;
            // Matched on a reference, the same pattern binds references.
            let mut by_ref = (*pat).clone();
            Immutable.visit_pat_mut(&mut by_ref);
            if let Pat::Guard(guarded) = &mut by_ref {
                let guard = dereferenced(guarded.guard.to_token_stream(), &names);
                *guarded.guard = super::verbatim(guard);
            }
            let values = names.iter().map(|name| q!(probe.moved_out(#name)));
            let values = bound(number, &q!((#(#values,)*)));
            lowered.push(q!(#by_ref => { #private::mark(#whole, #moved, #bit); #values }));
        }
        Some(lowered)
    }
}

/// `x.a.0` → `rest.a.0`
fn project(expr: &Expr, base: &Ident) -> TokenStream {
    match syntax::strip(expr) {
        Expr::Field(field) => {
            let inner = project(&field.base, base);
            match &field.member {
                Member::Named(member) => quote!(#inner.#member),
                Member::Unnamed(index) => quote!(#inner.#index),
            }
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
            let inner = project(&unary.expr, base);
            quote!((*#inner))
        }
        _ => quote!(#base),
    }
}

/// What drops the rest of a local whose parts may have been moved.
pub(super) fn drop_rest(parts: &[Part]) -> TokenStream {
    let mut paths: Vec<(usize, &str, TokenStream)> = Vec::new();
    let mut groups: Vec<(usize, Vec<TokenStream>)> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let bit = Literal::u8_unsuffixed(1 << number);
        match part {
            Part::Path { path, rest, mode } => {
                let check = mode.as_ref().map(|mode| q!(#mode.in_move();));
                paths.push((number, path, q!(#check #private::core::mem::forget(#rest);)));
            }
            Part::Pattern { group, pat, names } => {
                let arm = q! {
                    if moved & #bit != 0 {
                        #[allow(unreachable_patterns)]
                        match rest {
                            #pat => #private::core::mem::forget((#(#names,)*)),
                            _ => {}
                        }
                    }
                };
                match groups.iter_mut().find(|(other, _)| other == group) {
                    Some((_, arms)) => arms.push(arm),
                    None => groups.push((*group, vec![arm])),
                }
            }
        }
    }
    paths.sort_by_key(|(_, path, _)| path.len());
    let paths = forget_paths(&paths);
    let groups = groups.into_iter().map(|(_, arms)| {
        let mut arms = arms.into_iter().rev();
        let last = arms.next();
        arms.fold(quote!(#last), |rest, arm| q!(#arm else { #rest }))
    });
    q!(|rest, moved| { #paths #(#groups)* })
}

/// A part that has been moved as a whole has not been moved in part, nor moved elsewhere.
fn forget_paths(paths: &[(usize, &str, TokenStream)]) -> TokenStream {
    let mut forgets = TokenStream::new();
    let mut done: Vec<&str> = Vec::new();
    for (_, path, _) in paths {
        if done
            .iter()
            .any(|outer| path == outer || is_inside(path, outer))
        {
            continue;
        }
        done.push(path);
        let inner: Vec<_> = paths
            .iter()
            .filter(|(_, other, _)| is_inside(other, path))
            .cloned()
            .collect();
        let inner = forget_paths(&inner);
        let chain = paths
            .iter()
            .filter(|(_, other, _)| other == path)
            .rev()
            .fold(q!({ #inner }), |otherwise, (number, _, forget)| {
                let bit = Literal::u8_unsuffixed(1 << number);
                q!(if moved & #bit != 0 { #forget } else #otherwise)
            });
        forgets.extend(chain);
    }
    forgets
}

fn is_inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// Bindings that are references are not `mut`.
struct Immutable;

impl VisitMut for Immutable {
    fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
        pat.mutability = None;
        visit_mut::visit_pat_ident_mut(self, pat);
    }
    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}

/// Bindings in a guard, which are references now, where the user has values.
fn dereferenced(tokens: TokenStream, names: &[Ident]) -> TokenStream {
    use proc_macro2::{Group, TokenTree};
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(name) if names.contains(&name) => {
                let group = Group::new(proc_macro2::Delimiter::Parenthesis, quote!(*#name));
                TokenTree::Group(group)
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), dereferenced(group.stream(), names));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        })
        .collect()
}
