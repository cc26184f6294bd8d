//! Where a pattern binds: which parts of what it is matched on it may move.
//!
//! ```text
//! (a, Some(b), _)     →  the part `.0` by itself, and the part `.1` by `Some(b)`
//! ```

use std::collections::HashSet;

use quote::ToTokens;
use syn::{
    Expr, Ident, Pat,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use super::moved::is_rest;
use crate::{frame::is_inside, syntax};

/// What a pattern binds of one part, together.
pub(super) struct Site {
    /// The part.
    pub path: String,
    /// The bindings.
    pub names: Vec<Ident>,
    /// Whether the pattern of the part may be that of a variant.
    pub grouped: bool,
    /// Whether it is bound by `ref`, so that nothing is moved, whatever its type is.
    pub refers: bool,
}

/// Where a pattern binds: the bindings of struct and tuple fields one by one; those of what may be of several
/// variants, of slices, and behind references, together. A pattern with a path is that of a struct where it
/// is the only one, or where it is known of the place, one of `structs`.
pub(super) fn sites(
    pat: &Pat,
    is_only: bool,
    structs: &HashSet<String>,
    path: &str,
    found: &mut Vec<Site>,
) {
    let is_struct = is_only || structs.contains(path);
    match pat {
        Pat::Ident(pat) if syntax::is_binding(pat) && pat.subpat.is_none() => found.push(Site {
            path: path.to_owned(),
            names: vec![pat.ident.clone()],
            grouped: false,
            refers: pat.by_ref.is_some(),
        }),
        Pat::Paren(pat) => sites(&pat.pat, is_only, structs, path, found),
        Pat::Guard(pat) => sites(&pat.pat, is_only, structs, path, found),
        Pat::Type(pat) => sites(&pat.pat, is_only, structs, path, found),
        Pat::Tuple(pat) if has_numbers(&pat.elems) => {
            fields(&pat.elems, is_only, structs, path, found);
        }
        Pat::TupleStruct(pat) if is_struct && has_numbers(&pat.elems) => {
            fields(&pat.elems, is_only, structs, path, found);
        }
        Pat::Struct(pat) if is_struct => {
            for field in &pat.fields {
                let name = field.member.to_token_stream();
                sites(
                    &field.pat,
                    is_only,
                    structs,
                    &format!("{path}.{name}"),
                    found,
                );
            }
        }
        pat => {
            let by_reference = bound_by_reference(pat);
            let (referring, taking): (Vec<_>, Vec<_>) = syntax::bindings(pat)
                .into_iter()
                .partition(|name| by_reference.contains(name));
            for (names, refers) in [(referring, true), (taking, false)] {
                if !names.is_empty() {
                    found.push(Site {
                        path: path.to_owned(),
                        names,
                        grouped: true,
                        refers,
                    });
                }
            }
        }
    }
}

/// The names that a pattern binds by `ref`.
fn bound_by_reference(pat: &Pat) -> Vec<Ident> {
    struct References(Vec<Ident>);
    impl<'ast> Visit<'ast> for References {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            if pat.by_ref.is_some() {
                self.0.push(pat.ident.clone());
            }
            visit::visit_pat_ident(self, pat);
        }
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut found = References(Vec::new());
    found.visit_pat(pat);
    found.0
}

/// The same sites, of which those in one of these parts are one.
pub(super) fn together(sites: Vec<Site>, parts: &[String]) -> Vec<Site> {
    let mut found: Vec<Site> = Vec::new();
    for site in sites {
        if site.refers {
            found.push(site);
            continue;
        }
        let is_in = |part: &&String| site.path == **part || is_inside(&site.path, part);
        // The outermost.
        let Some(part) = parts.iter().filter(is_in).min_by_key(|part| part.len()) else {
            found.push(site);
            continue;
        };
        // A part that is moved as a whole needs no pattern.
        match found
            .iter_mut()
            .find(|other| other.path == *part && !other.refers)
        {
            Some(other) => other.names.extend(site.names),
            None => found.push(Site {
                grouped: site.grouped || site.path != *part,
                path: part.clone(),
                names: site.names,
                refers: false,
            }),
        }
    }
    found
}

/// The same of the elements of a tuple.
fn fields<'p>(
    elems: impl IntoIterator<Item = &'p Pat>,
    is_only: bool,
    structs: &HashSet<String>,
    path: &str,
    found: &mut Vec<Site>,
) {
    for (number, elem) in elems.into_iter().enumerate() {
        sites(elem, is_only, structs, &format!("{path}.{number}"), found);
    }
}

/// Whether the numbers of all elements that bind are known: after `..` they are not.
fn has_numbers<'p>(elems: impl IntoIterator<Item = &'p Pat>) -> bool {
    elems
        .into_iter()
        .skip_while(|elem| !matches!(elem, Pat::Rest(_)))
        .all(|elem| syntax::bindings(elem).is_empty())
}

/// The name of the constructor that a pattern starts with, if it says one.
pub(super) fn constructor(pat: &Pat) -> Option<String> {
    let path = match pat {
        Pat::TupleStruct(pat) => &pat.path,
        Pat::Struct(pat) => &pat.path,
        Pat::Paren(pat) => return constructor(&pat.pat),
        Pat::Guard(pat) => return constructor(&pat.pat),
        _ => return None,
    };
    let last = path.segments.last()?.ident.to_string();
    (last != "Self").then_some(last)
}

/// A pattern that binds no other names than these, and asks no more than their places need: other parts may
/// have changed since it matched.
pub(super) fn binding_only(pat: &Pat, names: &[Ident]) -> Pat {
    struct Only<'n>(&'n [Ident]);
    impl VisitMut for Only<'_> {
        fn visit_pat_mut(&mut self, pat: &mut Pat) {
            if let Pat::Rest(_) = pat {
                return;
            }
            if !syntax::bindings(pat)
                .iter()
                .any(|name| self.0.contains(name))
            {
                *pat = if is_rest(pat) {
                    syn::parse_quote!(..)
                } else {
                    syn::parse_quote!(_)
                };
                return;
            }
            visit_mut::visit_pat_mut(self, pat);
            let Pat::Ident(ident) = pat else { return };
            let Some((at, inner)) = ident.subpat.take() else {
                return;
            };
            match *inner {
                inner if !self.0.contains(&ident.ident) => *pat = inner,
                Pat::Wild(_) => {}
                inner => ident.subpat = Some((at, Box::new(inner))),
            }
        }
        fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
            visit_mut::visit_field_pat_mut(self, field);
            if field.colon_token.is_none() && !matches!(*field.pat, Pat::Ident(_)) {
                field.colon_token = Some(<syn::Token![:]>::default());
            }
        }
        fn visit_expr_mut(&mut self, _: &mut Expr) {}
    }
    let mut pat = pat.clone();
    Only(names).visit_pat_mut(&mut pat);
    pat
}

/// A pattern without `|` in it, for each of its alternatives, in the order in which they are tried with a guard: what has
/// been moved depends on which it was.
///
/// Those that one `|` has are tried for each that another has. Which comes first, the language does not say; rustc takes
/// those first before which less is to be tested (`rustc_mir_build/src/builder/matches/mod.rs`).
pub(super) fn alternatives(pat: &Pat) -> Vec<Pat> {
    alternatives_of(pat, &|_| true)
}

/// The same of those that bind something. Whichever of the others it is, the bindings are the same.
pub(super) fn binding_alternatives(pat: &Pat) -> Vec<Pat> {
    alternatives_of(pat, &|or| {
        !syntax::bindings(&Pat::Or(or.clone())).is_empty()
    })
}

fn alternatives_of(pat: &Pat, counts: &dyn Fn(&syn::PatOr) -> bool) -> Vec<Pat> {
    let mut first = First {
        counts,
        tested: 0,
        number: 0,
        found: None,
    };
    first.visit_pat(pat);
    let Some((_, number, or)) = first.found else {
        return vec![pat.clone()];
    };
    let cases = or.cases.iter();
    cases
        .flat_map(|case| alternatives_of(case, counts))
        .flat_map(|case| {
            let mut replaced = pat.clone();
            let mut replace = Replace {
                counts,
                number,
                case,
            };
            replace.visit_pat_mut(&mut replaced);
            alternatives_of(&replaced, counts)
        })
        .collect()
}

/// The first `|` that is tried.
struct First<'p> {
    counts: &'p dyn Fn(&syn::PatOr) -> bool,
    /// How many patterns are around that may be of a variant.
    tested: usize,
    /// How many there are before.
    number: usize,
    /// How much is tested before it, which it is, and it.
    found: Option<(usize, usize, &'p syn::PatOr)>,
}

impl<'p> Visit<'p> for First<'p> {
    fn visit_pat(&mut self, pat: &'p Pat) {
        if let Pat::Or(or) = pat {
            if (self.counts)(or) {
                if self.found.is_none_or(|(tested, ..)| self.tested < tested) {
                    self.found = Some((self.tested, self.number, or));
                }
                self.number += 1;
            }
            return;
        }
        let is_tested = constructor(pat).is_some() || matches!(pat, Pat::Slice(_));
        self.tested += usize::from(is_tested);
        visit::visit_pat(self, pat);
        self.tested -= usize::from(is_tested);
    }
    fn visit_expr(&mut self, _: &'p Expr) {}
}

/// Replaces it by one of its cases.
struct Replace<'p> {
    counts: &'p dyn Fn(&syn::PatOr) -> bool,
    number: usize,
    case: Pat,
}

impl VisitMut for Replace<'_> {
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        let Pat::Or(or) = pat else {
            return visit_mut::visit_pat_mut(self, pat);
        };
        if !(self.counts)(or) {
            return;
        }
        if self.number == 0 {
            *pat = self.case.clone();
        }
        // Those after it stay.
        self.number = self.number.wrapping_sub(1);
    }
    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}
