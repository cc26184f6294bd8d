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

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Block, Expr, Ident, Member, Pat, UnOp,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use super::{Lower, mixed};
use crate::{
    frame::{Part, Refill, SlotId, through_box},
    hygiene::{Ends, private, span_of},
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
        let span = mixed(span_of(&expr));
        let Some(Movable {
            slot, place, bit, ..
        }) = self.movable_part(expr, false)
        else {
            return self.part_again(expr);
        };
        let (whole, moved) = self.part_names(slot);
        Some(at! {span=>
            #private::part(#whole, &raw const #place, #moved, #bit)
        })
    }

    /// The value of a part which is used again: a copy, or rustc has refused the original.
    fn part_again(&mut self, expr: &mut Expr) -> Option<TokenStream> {
        let (name, path) = part_path(expr)?;
        self.saved(&name)?;
        let is_last = part_root(expr).is_some_and(|root| is_last_use(root));
        let is_known = name == path || self.reference(&name).is_some();
        if is_last || is_known || self.in_closure || self.in_probe {
            return None;
        }
        let ends = Ends::of(expr);
        self.place(expr);
        let again = ends.stretch(quote!(#private::again));
        let place = at!(ends.last()=> (&raw const #expr));
        Some(quote!(#again #place))
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
        let part = Part {
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
        // Whether a receiver is moved is another question each time.
        let known = parts.iter().position(|other| {
            other.path == part.path && other.mode.is_none() && part.mode.is_none()
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

    /// What an assignment to a part has to know: the part has a value again, and drops none if it has been
    /// moved. Which moves there are is known when all of the local's scope has been lowered, so this is a
    /// name that is bound at the top of the body.
    pub(super) fn refill(&mut self, expr: &Expr) -> Option<Ident> {
        let (name, path) = part_path(expr)?;
        let slot = self.saved(&name)?;
        let is_part = name != path && self.parted.contains(&name.to_string());
        if self.in_closure || !is_part || self.reference(&name).is_some() {
            return None;
        }
        let slot = self.frame.get_mut(slot);
        let number = slot.refills.len();
        let refill = quote::format_ident!("{}_refill_{number}", slot.name, span = slot.name.span());
        slot.refills.push(Refill {
            name: refill.clone(),
            path,
            place: expr.clone(),
        });
        Some(refill)
    }

    /// A part may not be assigned as a whole after a part of it has been moved.
    pub(super) fn check_refills(&mut self, slot: SlotId) {
        let slot = self.frame.get(slot);
        for refill in &slot.refills {
            let inner =
                |path: &str| is_inside(path, &refill.path) && !through_box(path, &refill.path);
            if slot.parts.iter().any(|part| inner(&part.path)) {
                self.errors.reject(
                    &refill.place,
                    "this is assigned as a whole, and a part of it is moved elsewhere, which is not \
                     supported yet across a suspension point; assign its parts",
                );
            }
        }
    }

    /// Arms that move parts out of a local and leave others: each is matched by reference, and what it
    /// binds is read. `None` if the parts have no paths, as those of an enum's variants.
    pub(super) fn select_parts(
        &mut self,
        slot: SlotId,
        arms: &[(&Pat, TokenStream)],
        bound: impl Fn(usize, &TokenStream) -> TokenStream,
    ) -> Option<Vec<TokenStream>> {
        let (name, moved) = self.part_names(slot);
        let rest = syntax::generated("rest");
        let is_only = arms.len() == 1;
        let mut lowered = Vec::new();
        for (number, (pat, plain)) in arms.iter().enumerate() {
            if !syntax::pattern_use(pat).takes {
                lowered.push(q!(#pat => #plain,));
                continue;
            }
            let mut paths = Vec::new();
            let root = name.to_string();
            let unguarded = super::pattern::without_guard(pat);
            binding_paths(unguarded, is_only, &root, &quote!(#rest), &mut paths)?;
            let mut values = Vec::new();
            for (name, path, rest) in paths {
                let part = Part {
                    path,
                    rest,
                    mode: None,
                };
                let bit = self.bit(slot, part)?;
                values.push(q!(probe.moved_out(#name, #moved, #bit)));
            }
            // Matched on a reference, the same pattern binds references.
            let mut by_ref = (*pat).clone();
            Immutable.visit_pat_mut(&mut by_ref);
            if let Pat::Guard(guarded) = &mut by_ref {
                let names = syntax::bindings(&guarded.pat);
                let guard = dereferenced(guarded.guard.to_token_stream(), &names);
                *guarded.guard = super::verbatim(guard);
            }
            let values = bound(number, &q!((#(#values,)*)));
            lowered.push(q!(#by_ref => { #values }));
        }
        Some(lowered)
    }
}

/// The paths of what a pattern binds, of the local and of `rest`. `None` if there may be none: in an enum,
/// behind a reference, in a slice. A pattern with a path names a struct where it is the only one.
fn binding_paths(
    pat: &Pat,
    is_only: bool,
    path: &str,
    rest: &TokenStream,
    found: &mut Vec<(Ident, String, TokenStream)>,
) -> Option<()> {
    match pat {
        Pat::Ident(pat) if syntax::is_binding(pat) && pat.subpat.is_none() => {
            found.push((pat.ident.clone(), path.to_owned(), rest.clone()));
            Some(())
        }
        Pat::Ident(pat) if !syntax::is_binding(pat) => Some(()),
        Pat::Wild(_) | Pat::Rest(_) | Pat::Lit(_) | Pat::Range(_) => Some(()),
        Pat::Paren(pat) => binding_paths(&pat.pat, is_only, path, rest, found),
        Pat::Tuple(pat) => elements(&pat.elems, is_only, path, rest, found),
        Pat::TupleStruct(pat) if is_only => elements(&pat.elems, is_only, path, rest, found),
        Pat::Struct(pat) if is_only => pat.fields.iter().try_for_each(|field| {
            let member = &field.member;
            let name = member.to_token_stream();
            let path = format!("{path}.{name}");
            binding_paths(&field.pat, is_only, &path, &quote!(#rest.#member), found)
        }),
        _ => None,
    }
}

/// The same of the elements of a tuple. After `..` nobody knows their numbers.
fn elements<'p>(
    elems: impl IntoIterator<Item = &'p Pat>,
    is_only: bool,
    path: &str,
    rest: &TokenStream,
    found: &mut Vec<(Ident, String, TokenStream)>,
) -> Option<()> {
    let mut after_rest = false;
    for (number, elem) in elems.into_iter().enumerate() {
        if after_rest && syntax::pattern_use(elem).takes {
            return None;
        }
        after_rest |= matches!(elem, Pat::Rest(_));
        let index = syn::Index::from(number);
        binding_paths(
            elem,
            is_only,
            &format!("{path}.{number}"),
            &quote!(#rest.#index),
            found,
        )?;
    }
    Some(())
}

/// The locals of which parts may be moved.
pub(super) fn parted(body: &Block) -> HashSet<String> {
    struct Parted(HashSet<String>);
    impl Parted {
        fn matched(&mut self, value: &Expr) {
            self.0
                .extend(part_path(value).map(|(name, _)| name.to_string()));
        }
    }
    impl<'ast> Visit<'ast> for Parted {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match expr {
                Expr::Field(_) | Expr::Unary(_) => self.matched(expr),
                Expr::Match(match_) => self.matched(&match_.expr),
                Expr::Let(condition) => self.matched(&condition.expr),
                _ => {}
            }
            visit::visit_expr(self, expr);
        }
        fn visit_local(&mut self, local: &'ast syn::Local) {
            if let Some(init) = &local.init {
                self.matched(&init.expr);
            }
            visit::visit_local(self, local);
        }
    }
    let mut parted = Parted(HashSet::new());
    parted.visit_block(body);
    parted.0
}

/// The locals that are assigned in part. What a pattern has moved out of them is remembered part by part.
pub(super) fn assigned_in_part(body: &Block) -> HashSet<String> {
    struct Assigned(HashSet<String>);
    impl<'ast> Visit<'ast> for Assigned {
        fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
            let part = part_path(&assign.left).filter(|(name, path)| name != path);
            self.0.extend(part.map(|(name, _)| name.to_string()));
            visit::visit_expr_assign(self, assign);
        }
        fn visit_expr(&mut self, expr: &'ast Expr) {
            // The places of a destructuring assignment, and of macros, may be parts of anything.
            if let Expr::Assign(assign) = expr {
                if matches!(
                    &*assign.left,
                    Expr::Tuple(_) | Expr::Array(_) | Expr::Call(_) | Expr::Struct(_)
                ) {
                    let mut places = Places(HashSet::new());
                    places.visit_expr(&assign.left);
                    self.0.extend(places.0);
                }
            }
            visit::visit_expr(self, expr);
        }
    }
    struct Places(HashSet<String>);
    impl<'ast> Visit<'ast> for Places {
        fn visit_expr_field(&mut self, field: &'ast syn::ExprField) {
            let path = part_path(&Expr::Field(field.clone()));
            self.0.extend(path.map(|(name, _)| name.to_string()));
        }
    }
    let mut assigned = Assigned(HashSet::new());
    assigned.visit_block(body);
    assigned.0
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
    for (number, Part { path, rest, mode }) in parts.iter().enumerate() {
        let check = mode.as_ref().map(|mode| q!(#mode.in_move();));
        paths.push((number, path, q!(#check #private::core::mem::forget(#rest);)));
    }
    paths.sort_by_key(|(_, path, _)| path.len());
    let paths = forget_paths(&paths);
    q!(|rest, moved| { #paths })
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
