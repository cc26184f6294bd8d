//! Where a local that borrows another would have no lifetime to name (E0700), all that is in scope gets to outlive a
//! `'frame_`. For that, elided lifetimes need names.
//!
//! ```text
//! fn f<T>(&self, x: &str) -> impl Generator<Yield = &u8>
//!     →  fn f<'frame_, 'elided_0: 'frame_, 'elided_1: 'frame_, T>(&'elided_0 self, x: &'elided_1 str)
//!            -> impl Generator<Yield = &'elided_0 u8> where Self: 'frame_, T: 'frame_
//! ```
//!
//! Elsewhere the signature says nothing that it did not, so that it can implement a trait's, and rustc talks about what
//! the user wrote.

use proc_macro2::Span;
use syn::{
    FnArg, GenericArgument, GenericParam, Ident, Lifetime, LifetimeParam, PathArguments,
    ReceiverKind, ReturnType, Signature, Token, Type, TypeParamBound, Visibility, WhereClause,
    WherePredicate, parse_quote, parse_quote_spanned,
    punctuated::Punctuated,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::{
    around::Around,
    lifetimes::{ELIDED, Namer, has_elided, name_elided},
    one_lifetime::OneLifetime,
    signature::is_resume,
};

/// Makes all that is in scope outlive a `'frame_`, where a borrow among the locals may have no other lifetime
/// to name.
///
/// Not where the body gets along with one of the lifetimes, which is returned.
pub fn bound_by_frame(
    vis: &Visibility,
    sig: &mut Signature,
    around: &Around,
) -> Option<OneLifetime> {
    // The type behind a `dyn` is named by nobody.
    if !returns_impl(sig) {
        return None;
    }
    let mut named = sig.clone();
    name_elided(&mut named);
    if can_share(sig) {
        if let Some(one) = OneLifetime::of(&named, around) {
            *sig = named;
            return Some(one);
        }
    }
    let types_around = match around {
        Around::Trait(_) => return None,
        Around::Impl(types) => types.clone(),
        Around::Unknown => types_around(vis, sig),
    };
    if !needs_frame(&named, &types_around) {
        return None;
    }
    *sig = named;
    // What is added is at the function's name, for rustc to point there where a trait knows nothing of it.
    let span = Span::mixed_site().located_at(sig.ident.span());
    sig.generics.lt_token.get_or_insert(Token![<](span));
    sig.generics.gt_token.get_or_insert(Token![>](span));
    let frame = Lifetime::new("'frame_", span);
    let of_impl = undeclared(sig);
    let mut types = Vec::new();
    for param in &mut sig.generics.params {
        match param {
            GenericParam::Lifetime(param) => param.bounds.push(frame.clone()),
            GenericParam::Type(param) => types.push(param.ident.clone()),
            GenericParam::Const(_) => {}
        }
    }
    for input in &mut sig.inputs {
        if let FnArg::Typed(typed) = input {
            Framed(&frame).visit_type_mut(&mut typed.ty);
        }
    }
    if sig.receiver().is_some() {
        types.push(Ident::new("Self", span));
    } else {
        types.extend(types_around);
    }
    if !types.is_empty() || !of_impl.is_empty() {
        // Not beside the parameters, where rustc's suggestions go.
        let clause = sig.generics.where_clause.get_or_insert(WhereClause {
            where_token: Token![where](span),
            predicates: Punctuated::new(),
        });
        clause.predicates.extend(
            of_impl.iter().map(|lifetime| -> WherePredicate {
                parse_quote_spanned!(span=> #lifetime: #frame)
            }),
        );
        clause.predicates.extend(
            types
                .iter()
                .map(|ty| -> WherePredicate { parse_quote_spanned!(span=> #ty: #frame) }),
        );
    }
    Captured(&frame).visit_return_type_mut(&mut sig.output);
    let param = GenericParam::Lifetime(LifetimeParam::new(frame));
    sig.generics.params.insert(0, param);
    None
}

/// Whether the lifetimes of a function may be one in its body, as far as its own type parameters are concerned, and what
/// it is lent.
fn can_share(sig: &Signature) -> bool {
    !lends(&sig.output)
        && sig.generics.type_params().next().is_none()
        && !takes_impl(sig)
        && !takes_self(sig)
        && !says_of_types(sig)
}

/// Whether it says of types something about lifetimes, `where X: Trait<'a>`, which is not known of another lifetime.
fn says_of_types(sig: &Signature) -> bool {
    struct Named(bool);
    impl<'ast> Visit<'ast> for Named {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            self.0 |= lifetime.ident != "static";
        }
    }
    let clause = sig.generics.where_clause.as_ref();
    let mut predicates = clause.into_iter().flat_map(|clause| &clause.predicates);
    predicates.any(|predicate| {
        let mut named = Named(false);
        if let WherePredicate::Type(predicate) = predicate {
            named.visit_predicate_type(predicate);
        }
        named.0
    })
}

/// Whether it returns a type that is named by nobody.
fn returns_impl(sig: &Signature) -> bool {
    let mut found = Impl(false);
    found.visit_return_type(&sig.output);
    found.0
}

/// Whether it takes `self` by value, or in something that is no reference.
fn takes_self(sig: &Signature) -> bool {
    sig.receiver().is_some_and(|receiver| {
        matches!(receiver.kind, ReceiverKind::Value | ReceiverKind::Typed(..))
    })
}

/// Whether a borrow among the locals may have to name a lifetime that all others outlive, in a signature that has a
/// name for each: one lifetime alone is outlived by what it is a part of.
fn needs_frame(named: &Signature, types_around: &[Ident]) -> bool {
    let of_impl = match named.receiver() {
        // It has them, if it is of a type that has them.
        Some(_) => 0,
        None => undeclared(named).len(),
    };
    named.generics.lifetimes().count() + of_impl >= 2
        || named.generics.type_params().next().is_some()
        || takes_impl(named)
        || takes_self(named)
        || named.receiver().is_none() && !types_around.is_empty()
}

/// The types that may be parameters of an `impl` around. Which are, syntax cannot tell, and of another it does no harm to
/// say how long it lives; but a function that implements a trait's should not get a lifetime for any. So those count that
/// are called as parameters are, `T` or `T2`; not behind a reference, which tells how long they live. Where a resume
/// argument has lifetimes of its own, they count behind references as well, and if the function has a visibility, so that
/// it implements no trait's, by any name.
fn types_around(vis: &Visibility, sig: &Signature) -> Vec<Ident> {
    struct Types {
        /// Whether any name counts.
        any_name: bool,
        /// Whether what is behind a reference counts.
        behind_references: bool,
        found: Vec<Ident>,
    }
    impl<'ast> Visit<'ast> for Types {
        fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
            if self.behind_references {
                visit::visit_type_reference(self, reference);
            }
        }
        fn visit_type_path(&mut self, ty: &'ast syn::TypePath) {
            let name = ty.path.get_ident();
            let name = name.filter(|name| self.any_name || is_parameter(name));
            let name = name.filter(|name| !self.found.contains(name));
            self.found.extend(name.cloned());
            visit::visit_type_path(self, ty);
        }
    }
    let lent = lends(&sig.output);
    let mut around = Types {
        any_name: lent && !matches!(vis, Visibility::Inherited),
        behind_references: lent,
        found: Vec::new(),
    };
    around.visit_return_type(&sig.output);
    for input in &sig.inputs {
        around.visit_fn_arg(input);
    }
    let own: Vec<_> = sig.generics.type_params().map(|own| &own.ident).collect();
    around.found.retain(|name| !own.contains(&name));
    around.found
}

/// Whether a resume argument has lifetimes of its own.
fn lends(output: &ReturnType) -> bool {
    struct Lends(bool);
    impl<'ast> Visit<'ast> for Lends {
        fn visit_trait_bound(&mut self, bound: &'ast syn::TraitBound) {
            visit::visit_trait_bound(self, bound);
            let Some(last) = bound.path.segments.last() else {
                return;
            };
            if let PathArguments::AngleBracketed(arguments) = &last.arguments {
                let is_argument = arguments.args.iter().any(|argument| {
                    matches!(argument, GenericArgument::Type(ty)
                        if bound.lifetimes.is_some() || has_elided(ty))
                });
                self.0 |= last.ident == "Generator" && is_argument;
            }
        }
    }
    let mut lends = Lends(false);
    lends.visit_return_type(output);
    lends.0
}

/// Whether a type is called by one letter and a number.
pub fn is_parameter(name: &Ident) -> bool {
    let name = name.to_string();
    let number = name.trim_start_matches(char::is_uppercase);
    name.len() == number.len() + 1 && number.chars().all(|digit| digit.is_ascii_digit())
}

/// The lifetimes in the parameters' types that are not the function's own: those of an `impl`.
fn undeclared(sig: &Signature) -> Vec<Lifetime> {
    let mut namer = Namer::new(ELIDED);
    for input in &sig.inputs {
        if let FnArg::Typed(typed) = input {
            if is_resume(&typed.attrs) {
                continue;
            }
            namer.visit_type_mut(&mut typed.ty.clone());
        }
    }
    let mut found: Vec<Lifetime> = Vec::new();
    for lifetime in namer.seen {
        let declared = sig
            .generics
            .lifetimes()
            .any(|param| param.lifetime == lifetime);
        if lifetime.ident != "static" && !declared && !found.contains(&lifetime) {
            found.push(lifetime);
        }
    }
    found
}

/// `impl Trait` in a parameter → `impl Trait + 'frame_`.
struct Framed<'l>(&'l Lifetime);

impl VisitMut for Framed<'_> {
    fn visit_type_impl_trait_mut(&mut self, opaque: &mut syn::TypeImplTrait) {
        visit_mut::visit_type_impl_trait_mut(self, opaque);
        opaque.bounds.push(TypeParamBound::Lifetime(self.0.clone()));
    }
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        visit_mut::visit_type_reference_mut(self, reference);
        in_parens(&mut reference.elem);
    }
    fn visit_type_ptr_mut(&mut self, pointer: &mut syn::TypePtr) {
        visit_mut::visit_type_ptr_mut(self, pointer);
        in_parens(&mut pointer.elem);
    }
}

/// `&impl Trait + 'frame_` would be ambiguous.
fn in_parens(ty: &mut Type) {
    if let Type::ImplTrait(_) = ty {
        *ty = parse_quote!((#ty));
    }
}

/// `use<'a>` → `use<'frame_, 'a>`, of the machine. What is hidden in its type is not in the frame.
struct Captured<'l>(&'l Lifetime);

impl VisitMut for Captured<'_> {
    fn visit_trait_bound_mut(&mut self, _: &mut syn::TraitBound) {}
    fn visit_precise_capture_mut(&mut self, capture: &mut syn::PreciseCapture) {
        let frame = self.0;
        capture.params.insert(0, parse_quote!(#frame));
    }
}

fn takes_impl(sig: &Signature) -> bool {
    let mut found = Impl(false);
    for input in &sig.inputs {
        found.visit_fn_arg(input);
    }
    found.0
}

/// Whether there is an `impl Trait`, other than in a `dyn Trait`.
struct Impl(bool);

impl<'ast> Visit<'ast> for Impl {
    fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
        self.0 = true;
    }
    fn visit_type_trait_object(&mut self, _: &'ast syn::TypeTraitObject) {}
}
