//! Where two moves of parts of one local have to do with the same place.
//!
//! ```text
//! V(a, W(_, b))  and  V(c, W(d, _))   of one place    →  V { .. }, V(a, _), V(_, W { .. })
//! ```
//!
//! If one of these patterns moves something, or sees which of several variants something is, rustc allows one of the two
//! moves at most.

use quote::ToTokens;
use syn::Pat;

use super::moved::{Field, Moved, is_rest, places};
use crate::{frame::Matched, syntax};

/// Two moves have to do with the same place.
pub(super) struct Common {
    /// The pattern that asks that alone, or binds it, of what a move is matched on.
    pub pat: Pat,
    /// How deep it is.
    pub depth: usize,
    /// It is the same place if these are true.
    pub counts: Vec<Count>,
}

/// That a tuple has so many elements.
#[derive(Clone)]
pub(super) struct Count {
    /// The pattern that binds the tuple, as a reference called `element`.
    pub pat: Pat,
    /// How many.
    pub count: usize,
}

/// Where a pattern, and another move, have to do with the same place: both see which variant it is, or move it.
pub(super) fn common(matched: &Matched, other: &Moved) -> Vec<Common> {
    let mut found = Vec::new();
    let around = Around {
        pat: &|pat| pat,
        depth: 0,
        counts: Vec::new(),
    };
    around.asked(&matched.pat, other.inside(&matched.on), &mut found);
    found
}

/// What is around a part of a pattern.
struct Around<'a> {
    /// Makes the pattern of which it is the part.
    pat: &'a dyn Fn(Pat) -> Pat,
    depth: usize,
    counts: Vec<Count>,
}

impl Around<'_> {
    /// Finds what a part of a pattern has in common with another move.
    fn asked(&self, pat: &Pat, other: &Moved, found: &mut Vec<Common>) {
        if other.is_nothing() {
            return;
        }
        match pat {
            Pat::Paren(pat) => self.asked(&pat.pat, other, found),
            Pat::Type(pat) => self.asked(&pat.pat, other, found),
            Pat::Tuple(tuple) => {
                let rebuilt = |elems| {
                    let tuple = tuple.clone();
                    Pat::Tuple(syn::PatTuple { elems, ..tuple })
                };
                self.elements(&tuple.elems, other, &rebuilt, true, found);
            }
            Pat::Slice(slice) => {
                let rebuilt = |elems| {
                    let slice = slice.clone();
                    Pat::Slice(syn::PatSlice { elems, ..slice })
                };
                self.elements(&slice.elems, other, &rebuilt, false, found);
            }
            Pat::TupleStruct(tuple) => {
                let path = &tuple.path;
                found.push(self.here(syn::parse_quote!(#path { .. })));
                let rebuilt = |elems| {
                    let tuple = tuple.clone();
                    Pat::TupleStruct(syn::PatTupleStruct { elems, ..tuple })
                };
                self.elements(&tuple.elems, other, &rebuilt, false, found);
            }
            Pat::Struct(pat) => {
                let path = &pat.path;
                found.push(self.here(syn::parse_quote!(#path { .. })));
                for field in &pat.fields {
                    let member = &field.member;
                    let name = Field::Named(member.to_token_stream().to_string());
                    let rebuilt = |pat| syn::parse_quote!(#path { #member: #pat, .. });
                    self.inside(&field.pat, other.field(&name, None), &rebuilt, None, found);
                }
            }
            Pat::Ident(ident) if ident.by_ref.is_some() => {}
            Pat::Ident(_) | Pat::Or(_) | Pat::Path(_) => found.push(self.here(pat.clone())),
            _ => {}
        }
    }

    fn here(&self, pat: Pat) -> Common {
        Common {
            pat: (self.pat)(pat),
            depth: self.depth,
            counts: self.counts.clone(),
        }
    }

    /// The same of a field or an element. `rebuilt` makes the pattern that it is in.
    fn inside(
        &self,
        pat: &Pat,
        other: &Moved,
        rebuilt: &dyn Fn(Pat) -> Pat,
        count: Option<Count>,
        found: &mut Vec<Common>,
    ) {
        let inner = Around {
            pat: &|pat| (self.pat)(rebuilt(pat)),
            depth: self.depth + 1,
            counts: self.counts.iter().cloned().chain(count).collect(),
        };
        inner.asked(pat, other, found);
    }

    fn elements(
        &self,
        elems: &Elements,
        other: &Moved,
        rebuilt: &dyn Fn(Elements) -> Pat,
        is_tuple: bool,
        found: &mut Vec<Common>,
    ) {
        let (count, places) = places(&elems.iter().collect::<Vec<_>>());
        for (number, (elem, place)) in elems.iter().zip(places).enumerate() {
            let Some(place) = place else { continue };
            let with = |pat: Pat| rebuilt(only(elems, number, &pat));
            self.inside(elem, other.field(&place, count), &with, None, found);
            for (count, other) in other.may_be(&place, count).filter(|_| is_tuple) {
                let element = syntax::generated("element");
                let pat = (self.pat)(syn::parse_quote!(ref #element));
                self.inside(elem, other, &with, Some(Count { pat, count }), found);
            }
        }
    }
}

type Elements = syn::punctuated::Punctuated<Pat, syn::Token![,]>;

/// Elements of which one is matched alone.
fn only(elems: &Elements, number: usize, pat: &Pat) -> Elements {
    let mut elems = elems.clone();
    for (other, elem) in elems.iter_mut().enumerate() {
        if other == number {
            *elem = pat.clone();
        } else if is_rest(elem) {
            *elem = syn::parse_quote!(..);
        } else {
            *elem = syn::parse_quote!(_);
        }
    }
    elems
}

/// The pattern of a field, `.a.0`, of what a pattern is matched on, if it has one.
pub(super) fn pattern_at<'p>(pat: &'p Pat, path: &str) -> Option<&'p Pat> {
    match pat {
        Pat::Paren(pat) => return pattern_at(&pat.pat, path),
        Pat::Type(pat) => return pattern_at(&pat.pat, path),
        Pat::Guard(pat) => return pattern_at(&pat.pat, path),
        _ => {}
    }
    let Some(inner) = path.strip_prefix('.') else {
        return Some(pat);
    };
    let (member, rest) = match inner.find('.') {
        Some(end) => inner.split_at(end),
        None => (inner, ""),
    };
    let element = |elems: &'p syn::punctuated::Punctuated<Pat, syn::Token![,]>| {
        let number: usize = member.parse().ok()?;
        let is_known = elems.iter().take(number + 1).all(|elem| !is_rest(elem));
        elems.get(number).filter(|_| is_known)
    };
    let found = match pat {
        Pat::Tuple(pat) => element(&pat.elems),
        Pat::TupleStruct(pat) => element(&pat.elems),
        Pat::Struct(pat) => pat
            .fields
            .iter()
            .find(|field| field.member.to_token_stream().to_string() == member)
            .map(|field| &*field.pat),
        _ => None,
    };
    pattern_at(found?, rest)
}
