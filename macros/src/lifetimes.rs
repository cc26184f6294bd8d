//! Lifetimes: elided ones get names, so that the body can say them; and all get to outlive a `'frame`
//! where a local that borrows another would have no lifetime to name (E0700).
//!
//! ```text
//! fn f(&self, x: &str) -> impl Iterator<Item = &u8>
//!     →  fn f<'frame, 'life_0: 'frame, 'life_1: 'frame>(&'life_0 self, x: &'life_1 str)
//!            -> impl Iterator<Item = &'life_0 u8> where Self: 'frame
//! ```
//!
//! With one lifetime and no type parameter in scope the signature stays as it is, so that it can implement
//! a trait's. Rules: reference, "Lifetime elision".

use proc_macro2::Span;
use quote::format_ident;
use syn::{
    FnArg, GenericArgument, GenericParam, Lifetime, LifetimeParam, PathArguments, ReceiverKind,
    ReturnType, Signature, Type, TypeParamBound, parse_quote,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::signature::Wrapped;

/// Names the elided lifetimes of the parameters, and resolves those of the return type.
pub fn name_elided(sig: &mut Signature) {
    let mut namer = Namer {
        added: Vec::new(),
        seen: Vec::new(),
    };
    let mut of_self = None;
    for input in &mut sig.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                let before = namer.seen.len();
                match &mut receiver.kind {
                    ReceiverKind::Reference(and, lifetime, _) => {
                        let span = and.span;
                        let lifetime = lifetime.get_or_insert_with(|| elided(span));
                        namer.visit_lifetime_mut(lifetime);
                    }
                    ReceiverKind::Typed(_, ty) => namer.visit_type_mut(ty),
                    _ => {}
                }
                of_self = namer.seen.get(before).cloned();
            }
            FnArg::Typed(typed) => namer.visit_type_mut(&mut typed.ty),
        }
    }
    let mut distinct = namer.seen.clone();
    distinct.dedup();
    let only = (distinct.len() == 1).then(|| distinct[0].clone());
    if let (Some(lifetime), ReturnType::Type(_, ty)) = (of_self.or(only), &mut sig.output) {
        Resolver(&lifetime).visit_type_mut(ty);
    }
    let at = sig
        .generics
        .params
        .iter()
        .position(|param| !matches!(param, GenericParam::Lifetime(_)))
        .unwrap_or(sig.generics.params.len());
    for (offset, lifetime) in namer.added.into_iter().enumerate() {
        let param = GenericParam::Lifetime(LifetimeParam::new(lifetime));
        sig.generics.params.insert(at + offset, param);
    }
}

fn elided(span: Span) -> Lifetime {
    Lifetime::new("'_", span)
}

/// Gives elided lifetimes names.
struct Namer {
    added: Vec<Lifetime>,
    seen: Vec<Lifetime>,
}

impl VisitMut for Namer {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            let name = format!("'life_{}", self.added.len());
            *lifetime = Lifetime::new(&name, Span::mixed_site().located_at(lifetime.span()));
            self.added.push(lifetime.clone());
        }
        if lifetime.ident != "static" {
            self.seen.push(lifetime.clone());
        }
    }
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        let span = reference.and_token.span;
        let lifetime = reference.lifetime.get_or_insert_with(|| elided(span));
        self.visit_lifetime_mut(lifetime);
        self.visit_type_mut(&mut reference.elem);
    }
    // Lifetimes in these are their own.
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
    fn visit_trait_bound_mut(&mut self, bound: &mut syn::TraitBound) {
        if bound.lifetimes.is_none() {
            visit_mut::visit_trait_bound_mut(self, bound);
        }
    }
}

/// Gives elided lifetimes of the return type the one they stand for.
struct Resolver<'l>(&'l Lifetime);

impl VisitMut for Resolver<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.0.clone();
        }
    }
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.0.clone());
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }
    fn visit_trait_bound_mut(&mut self, bound: &mut syn::TraitBound) {
        // The resume argument's elided lifetime is not one of a parameter's.
        let is_generator = bound
            .path
            .segments
            .last()
            .is_some_and(|segment| segment.ident == "Generator");
        if !is_generator {
            return visit_mut::visit_trait_bound_mut(self, bound);
        }
        let Some(segment) = bound.path.segments.last_mut() else {
            return;
        };
        if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
            for argument in &mut arguments.args {
                if !matches!(argument, GenericArgument::Type(_)) {
                    self.visit_generic_argument_mut(argument);
                }
            }
        }
    }
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
}

/// Whether a type has a lifetime that is not written.
pub fn has_elided(ty: &Type) -> bool {
    struct Elided(bool);
    impl<'ast> Visit<'ast> for Elided {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            self.0 |= lifetime.ident == "_";
        }
        fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
            self.0 |= reference.lifetime.is_none();
            visit::visit_type_reference(self, reference);
        }
        fn visit_type_fn_ptr(&mut self, _: &'ast syn::TypeFnPtr) {}
        fn visit_parenthesized_generic_arguments(
            &mut self,
            _: &'ast syn::ParenthesizedGenericArguments,
        ) {
        }
    }
    let mut elided = Elided(false);
    elided.visit_type(ty);
    elided.0
}

/// Makes all lifetimes and types in scope outlive a fresh `'frame`, where there may be none among them
/// that a local's borrow can name.
pub fn bound_by_frame(sig: &mut Signature, wrapped: Wrapped) {
    if wrapped != Wrapped::Bare {
        // The hidden type is named by nobody.
        return;
    }
    let lifetimes = sig.generics.lifetimes().count();
    let has_types = sig.generics.type_params().next().is_some() || takes_impl(sig);
    let self_by_value = sig.receiver().is_some_and(|receiver| {
        matches!(receiver.kind, ReceiverKind::Value | ReceiverKind::Typed(..))
    }) && lifetimes == 0;
    if lifetimes < 2 && !has_types && !self_by_value {
        return;
    }
    let frame = format_ident!("frame");
    let mut frame = Lifetime::new(&format!("'{frame}"), Span::mixed_site());
    while sig
        .generics
        .lifetimes()
        .any(|param| param.lifetime.ident == frame.ident)
    {
        frame = Lifetime::new(&format!("'{}_", frame.ident), Span::mixed_site());
    }
    for param in &mut sig.generics.params {
        match param {
            GenericParam::Lifetime(param) => param.bounds.push(frame.clone()),
            GenericParam::Type(param) => param.bounds.push(TypeParamBound::Lifetime(frame.clone())),
            GenericParam::Const(_) => {}
        }
    }
    for input in &mut sig.inputs {
        if let FnArg::Typed(typed) = input {
            Framed(&frame).visit_type_mut(&mut typed.ty);
        }
    }
    if sig.receiver().is_some() {
        sig.generics
            .make_where_clause()
            .predicates
            .push(parse_quote!(Self: #frame));
    }
    if let ReturnType::Type(_, ty) = &mut sig.output {
        if let Type::ImplTrait(opaque) = &mut **ty {
            for bound in &mut opaque.bounds {
                if let TypeParamBound::PreciseCapture(capture) = bound {
                    capture.params.insert(0, parse_quote!(#frame));
                }
            }
        }
    }
    let param = GenericParam::Lifetime(LifetimeParam::new(frame));
    sig.generics.params.insert(0, param);
}

/// `impl Trait` in a parameter → `impl Trait + 'frame`.
struct Framed<'l>(&'l Lifetime);

impl VisitMut for Framed<'_> {
    fn visit_type_impl_trait_mut(&mut self, opaque: &mut syn::TypeImplTrait) {
        visit_mut::visit_type_impl_trait_mut(self, opaque);
        opaque.bounds.push(TypeParamBound::Lifetime(self.0.clone()));
    }
}

fn takes_impl(sig: &Signature) -> bool {
    struct Impl(bool);
    impl<'ast> Visit<'ast> for Impl {
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut found = Impl(false);
    for input in &sig.inputs {
        found.visit_fn_arg(input);
    }
    found.0
}
