//! `let`.
//!
//! ```text
//! let a = v;                      →  if to == 0 { put(&mut a_saved, v); }             of a saved local
//! let Some(a) = v else { d };     →  'bound: { 'failed: { let Some(a) = v else { break 'failed };
//!                                                         put(&mut a_saved, a); break 'bound } { d } }
//! ```

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, Lit, Local, Pat, Type, parse_quote};

use super::{
    Guard, Lower, Reference, block::Piece, extend::Extended, pattern::Stays, plain, point_at,
    verbatim,
};
use crate::choice::choice;
use crate::hygiene::{Ends, private};
use crate::syntax::{
    self, bindings, generated, generated_for, is_place, is_point, nested_chain, part_path,
    pattern_use, plain_name, strip, suspends,
};

impl Lower<'_> {
    /// The last `let` with suspension points: what it binds is not saved. `None` if it has become pieces.
    pub(super) fn last_let(
        &mut self,
        local: &mut Local,
        pieces: &mut Vec<Piece>,
    ) -> Option<TokenStream> {
        let init = local.init.as_mut()?;
        let used = pattern_use(&local.pat);
        if used.refers && used.takes {
            // What it takes and what it refers to are parts of a saved local.
            self.saved_let(local, pieces);
            return None;
        }
        if init
            .diverge
            .as_ref()
            .is_some_and(|(_, diverge)| suspends(diverge))
        {
            self.suspending_else(local, pieces);
            return None;
        }
        let (ends, is_point) = (Ends::of(&init.expr), is_point(&init.expr));
        let mut extended = Extended::new(self.scope, false);
        let (before, value) = self.full(false, |this| {
            this.extend_temporaries(&mut init.expr, &local.pat, &mut extended);
            this.drop_before_else(init, &extended);
            this.direct(&mut init.expr)
        });
        // In the frame it is no value that the `let` binds.
        let is_point = is_point && extended.is_empty();
        pieces.extend(self.extended_guards(extended).map(Piece::Guard));
        if let Some((_, diverge)) = &mut init.diverge {
            self.value(diverge);
        }
        Some(if is_point && before.is_empty() {
            // What it evaluates to is made fit by the `let`, as in the original.
            let argument = generated("argument");
            *init.expr = verbatim(ends.stretch(quote!((#argument).0)));
            quote!(let #argument = ({ #value },); #local)
        } else if is_point {
            let argument = generated("argument");
            *init.expr = verbatim(ends.stretch(quote!((#argument).0)));
            let before = quote!(#before let #argument = (#value,););
            self.bound_before(&before, local, true)
        } else if before.is_empty() {
            *init.expr = verbatim(quote!(#value));
            quote!(#local)
        } else {
            *init.expr = verbatim(quote!(#value));
            self.bound_before(&before, local, false)
        })
    }

    /// A `let` whose initialiser has temporaries, of which there are guards in `before`. What it does not bind
    /// drops before them, and what it binds is there when they drop, even if one of them panics:
    ///
    /// ```text
    /// let a = v;          →  let bound_1; { .. bound_1 = v; } let mut a = bound_1;
    /// let (a, _) = v;     →  let bound_1; { .. match v { (a, _) => bound_1 = a } } let mut a = bound_1;
    /// ```
    ///
    /// The value of a suspension point is bound by the `let`, so that an error about its type is the original's.
    fn bound_before(
        &mut self,
        before: &TokenStream,
        local: &mut Local,
        is_point: bool,
    ) -> TokenStream {
        let init = local.init.as_ref().filter(|init| init.diverge.is_none());
        if let (Some(name), Some(init)) = (plain_name(untyped(&local.pat)), init) {
            let (value, bound) = (&init.expr, generated_for(name, "_bound"));
            let (ty, bind) = match &local.pat {
                _ if is_point => (None, quote!(#local #bound = #name;)),
                Pat::Type(typed) => {
                    let (colon, ty) = (typed.colon_token, &typed.ty);
                    (Some(quote!(#colon #ty)), quote!(#bound = #value;))
                }
                _ => (None, quote!(#bound = #value;)),
            };
            return q!(let #bound #ty; { #before #bind } let mut #name = #bound;);
        }
        let names = bindings(&local.pat);
        let bound: Vec<_> = names
            .iter()
            .map(|name| generated_for(name, "_bound"))
            .collect();
        let diverge = local.init.as_mut().and_then(|init| init.diverge.take());
        let bind = match diverge {
            None => {
                let bind = bind_and(local, &q!(#(#bound = #names;)*));
                q!({ #before #bind })
            }
            Some((else_token, diverge)) => {
                let failed = self.label("failed");
                if let Some(init) = &mut local.init {
                    init.diverge = Some((else_token, Box::new(verbatim(q!({ break #failed })))));
                }
                let bind = bind_and(local, &q!(#(#bound = #names;)*));
                self.before_else(&failed, &q!(#before #bind), &diverge)
            }
        };
        q!(#(let #bound;)* #bind #(let mut #names = #bound;)*)
    }

    /// A `let` with `else`, which runs when the temporaries of the initialiser have been dropped:
    ///
    /// ```text
    /// let P = v else { d };  →  'bound: { 'failed: { .. let P = v else { break 'failed }; break 'bound } { d } }
    /// ```
    fn before_else(
        &mut self,
        failed: &syn::Lifetime,
        bind: &TokenStream,
        diverge: &Expr,
    ) -> TokenStream {
        let bound = self.label("bound");
        q! {
            #bound: {
                #failed: { #bind break #bound; }
                #diverge
            }
        }
    }

    /// A `let` whose bindings are saved.
    pub(super) fn saved_let(&mut self, local: &mut Local, pieces: &mut Vec<Piece>) {
        let names = bindings(&local.pat);
        let Some(init) = &mut local.init else {
            // Initialised later, perhaps on some paths only.
            for name in &names {
                let slot = self.declare(name, None);
                self.frame.get_mut(slot).tracked = true;
                // A guard may have to know the type.
                if let Pat::Type(typed) = &local.pat {
                    let (place, ty) = (self.place_of(slot, name.span()), &typed.ty);
                    pieces.push(Piece::Always(q! {
                        if false { loop {} let _: &#ty = &#place; }
                    }));
                }
                let after = self.points.len();
                pieces.push(Piece::Guard(Guard::since(slot, after)));
                self.deferred.push((name.to_string(), slot));
            }
            return;
        };
        if init
            .diverge
            .as_ref()
            .is_some_and(|(_, diverge)| suspends(diverge))
        {
            return self.suspending_else(local, pieces);
        }
        let name = plain_name(untyped(&local.pat)).map(ToString::to_string);
        if let (Some(name), Some(reference)) = (&name, known_reference(&local.pat, &init.expr)) {
            self.references.insert(name.clone(), reference);
        }
        let is_array = name.is_some() && plain::is_array(&init.expr);
        if let (Some(name), true) = (name, is_array || plain::is_scalar(&init.expr)) {
            if is_array {
                self.arrays.insert(name.clone());
            }
            self.plain.insert(name);
        }
        let has_points = suspends(&init.expr);
        // Of the argument's own type, for no other is written down.
        let is_argument =
            plain_name(&local.pat).is_some() && matches!(strip(&init.expr), Expr::Yield(_));
        let passed = self.points.len();
        let mut extended = Extended::new(self.scope, true);
        let failed = init.diverge.is_some().then(|| self.label("failed"));
        let mut diverge = None;
        // The initialiser does not see the bindings, which come to be after its suspension points.
        let (before, assign) = self.full(false, |this| {
            if let Some(init) = &mut local.init {
                this.extend_temporaries(&mut init.expr, &local.pat, &mut extended);
                this.drop_before_else(init, &extended);
                if let (Some((_, leaves)), Some(failed)) = (&mut init.diverge, failed) {
                    let leaves = std::mem::replace(&mut **leaves, verbatim(q!({ break #failed })));
                    diverge = Some((failed, leaves));
                }
            }
            this.temporaries.is_saved = true;
            this.initialise(local)
        });
        if let Some((_, diverge)) = &mut diverge {
            self.value(diverge);
        }
        pieces.extend(self.extended_guards(extended).map(Piece::Guard));
        let after = self.points.len();
        let slots = self.declare_all(&names);
        if is_array {
            self.frame.arrays.extend(&slots);
        }
        for slot in &slots {
            self.argument_in(*slot, is_argument);
        }
        let guards = slots.iter().map(|slot| Guard::since(*slot, after));
        pieces.extend(guards.map(Piece::Guard));
        let put = self.put(&names);
        let assign = match (assign, slots.as_slice()) {
            (Initialiser::Plain(_), [slot]) if !before.is_empty() && is_name(&local.pat) => {
                let guard = self.guard_of(*slot, names[0].span());
                let (_, value) = typed_value(local);
                q!(#private::put(&mut #guard, #value);)
            }
            (Initialiser::Plain(_), _) if !before.is_empty() => bind_and(local, &put),
            (assign, _) => assign.finish(&put),
        };
        let assign = match diverge {
            Some((failed, diverge)) => self.before_else(&failed, &q!(#before #assign), &diverge),
            None => quote!(#before #assign),
        };
        pieces.push(if has_points {
            let entered = self.entered(passed);
            Piece::Always(q!(if #entered { #assign }))
        } else {
            Piece::Started(assign)
        });
        pieces.extend(slots.into_iter().map(Piece::Typed));
    }

    /// Lowers the initialiser of a `let` whose bindings are plain in it.
    fn initialise(&mut self, local: &mut Local) -> Initialiser {
        let Some(init) = &mut local.init else {
            return Initialiser::Plain(TokenStream::new());
        };
        let pat = untyped(&local.pat);
        if !matches!(pat, Pat::Ident(_) | Pat::Wild(_)) && is_saved_name(self, &init.expr) {
            let mut pats = vec![pat.clone()];
            let mut arms = Vec::new();
            if let Some((_, diverge)) = &mut init.diverge {
                self.value(diverge);
                pats.push(parse_quote!(_));
                arms.push(quote!(#diverge));
            }
            let scrutinee = {
                let refs: Vec<_> = pats.iter().collect();
                self.scrutinee(&mut init.expr, &refs, Stays::ToChoose)
            };
            return Initialiser::Selection {
                selection: self.select(&scrutinee, &pats),
                names: bindings(pat),
                diverge: arms.pop(),
            };
        }
        let used = pattern_use(pat);
        let is_both = used.takes && used.refers;
        let extended = is_both.then(|| self.extended_scrutinee(&mut init.expr));
        if let Some(scrutinee) = extended.flatten() {
            let mut pats = vec![pat.clone()];
            let diverge = init.diverge.as_mut().map(|(_, diverge)| {
                self.value(diverge);
                pats.push(parse_quote!(_));
                quote!(#diverge)
            });
            return Initialiser::Selection {
                selection: self.select(&scrutinee, &pats),
                names: bindings(pat),
                diverge,
            };
        }
        let borrows = matches!(pat, Pat::Wild(_)) || used.refers;
        if borrows && is_place(&init.expr) {
            self.place(&mut init.expr);
        } else {
            let value = self.direct(&mut init.expr);
            *init.expr = verbatim(value);
        }
        if let Some((_, diverge)) = &mut init.diverge {
            self.value(diverge);
        }
        Initialiser::Plain(match (&local.pat, &init.diverge) {
            (Pat::Ident(pat), None) if is_name(&local.pat) => {
                let (name, value) = (&pat.ident, &init.expr);
                // Where nothing is said of its type, it is not bound first.
                quote!(let #name = #value;)
            }
            _ => quote!(#local),
        })
    }

    /// ```text
    /// let Some(a) = v else { .. suspends .. };
    ///     →  let a_bound; if let Some(a) = v { a_bound = a; } else { .. } put(&mut a_saved, a_bound);
    /// ```
    fn suspending_else(&mut self, local: &mut Local, pieces: &mut Vec<Piece>) {
        let names = bindings(&local.pat);
        let pat = untyped(&local.pat).clone();
        let Some(init) = &mut local.init else { return };
        // What is extended is gone in `else`.
        let mut extended = Extended::new(self.scope, true);
        extended.conditional = true;
        self.extend_temporaries(&mut init.expr, &pat, &mut extended);
        self.drop_before_else(init, &extended);
        pieces.extend(self.extended_guards(extended).map(Piece::Guard));
        let Some((_, diverge)) = &init.diverge else {
            return;
        };
        // Temporaries of the initialiser are dropped before `else`.
        let condition = Expr::Let(syn::ExprLet {
            attrs: Vec::new(),
            let_token: local.let_token,
            pat: Box::new(pat),
            eq_token: init.eq_token,
            expr: init.expr.clone(),
        });
        let label = self.label("bound");
        let bound: Vec<_> = names
            .iter()
            .map(|name| generated_for(name, "_bound"))
            .collect();
        // It is there when temporaries drop, even if one of them panics.
        let bind = verbatim(q!({ #(#bound = #names;)* }));
        // That it does not go on, the original says.
        let diverge = parse_quote!({ #diverge ::handcrank::__private::unmatched() });
        let mut chosen = nested_chain(&condition, bind, diverge, &label);
        let (before, choose) = self.full(false, |this| this.construct(&mut chosen));
        let after = self.points.len();
        let slots = self.declare_all(&names);
        let guards = slots.iter().map(|slot| Guard::since(*slot, after));
        pieces.extend(guards.map(Piece::Guard));
        let puts = self.put(&names);
        let end = point_at(after);
        pieces.push(Piece::Always(q! {
            if to <= #end {
                #(let #bound;)*
                { #before #choose; }
                let (#(#names,)*) = (#(#bound,)*);
                #puts
            }
        }));
        pieces.extend(slots.into_iter().map(Piece::Typed));
    }

    /// `Some` where the statement has become another.
    pub(super) fn initialise_plain(&mut self, local: &mut Local) -> Option<TokenStream> {
        let names = bindings(&local.pat);
        match self.initialise(local) {
            Initialiser::Plain(_) => None,
            selection @ Initialiser::Selection { .. } => {
                let run = selection.finish(&quote!((#(#names,)*)));
                let mutable = names.iter().map(|name| q!(mut #name));
                Some(q!(let (#(#mutable,)*) = { #run };))
            }
        }
    }
}

/// How the bindings of a `let` come to be.
enum Initialiser {
    /// By a `let` of their names.
    Plain(TokenStream),
    /// By a selection with one arm, or two if there is an `else`.
    Selection {
        selection: TokenStream,
        names: Vec<syn::Ident>,
        diverge: Option<TokenStream>,
    },
}

impl Initialiser {
    /// Binds plain locals, then runs `rest`.
    fn finish(&self, rest: &TokenStream) -> TokenStream {
        match self {
            Initialiser::Plain(assign) => quote!(#assign #rest),
            Initialiser::Selection {
                selection,
                names,
                diverge: None,
            } => q!(match #selection { (#(mut #names,)*) => { #rest } }),
            Initialiser::Selection {
                selection,
                names,
                diverge: Some(diverge),
            } => {
                let this = choice(0, 2, &q!((#(mut #names,)*)));
                q!(match #selection { #this => { #rest } _ => #diverge })
            }
        }
    }
}

/// A `let`, and what is done with its bindings before what they leave of its initialiser drops.
fn bind_and(local: &Local, rest: &TokenStream) -> TokenStream {
    let init = local.init.as_ref();
    // What is referred to lives on.
    if pattern_use(&local.pat).refers {
        return quote!(#local #rest);
    }
    let (pat, value) = typed_value(local);
    let otherwise = match init.and_then(|init| init.diverge.as_ref()) {
        Some((_, diverge)) => quote!(#diverge),
        // That it always matches, the original says.
        None => q!(#private::unmatched()),
    };
    q!(match (#value) { #pat => { #rest } _ => #otherwise })
}

/// The pattern of a `let` without its type, and its initialiser with it.
fn typed_value(local: &Local) -> (&Pat, TokenStream) {
    let value = local.init.as_ref().map(|init| &init.expr);
    match &local.pat {
        Pat::Type(typed) => {
            let ty = &typed.ty;
            let value = q!(#private::Returning::<#ty> { value: #value }.value);
            (&typed.pat, value)
        }
        pat => (pat, quote!(#value)),
    }
}

/// Whether a pattern is nothing but a name, and perhaps a type.
fn is_name(pat: &Pat) -> bool {
    plain_name(untyped(pat)).is_some()
}

fn untyped(pat: &Pat) -> &Pat {
    match pat {
        Pat::Type(typed) => &typed.pat,
        pat => pat,
    }
}

fn is_saved_name(lower: &Lower<'_>, expr: &Expr) -> bool {
    part_path(expr).is_some_and(|(name, _)| lower.saved(&name).is_some())
}

/// The kind of reference that a `let` binds, by its type or its value.
fn known_reference(pat: &Pat, value: &Expr) -> Option<Reference> {
    if let Pat::Type(typed) = pat {
        return match &*typed.ty {
            Type::Reference(reference) => Some(Reference::new(reference.mutability)),
            _ => None,
        };
    }
    match syntax::strip(value) {
        Expr::Reference(reference) => Some(Reference::new(reference.mutability)),
        Expr::Lit(literal) => {
            let is_text = matches!(literal.lit, Lit::Str(_) | Lit::ByteStr(_) | Lit::CStr(_));
            is_text.then_some(Reference::Shared)
        }
        _ => None,
    }
}
