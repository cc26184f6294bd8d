//! Lifetimes that are not written: where the lifetimes of a signature have to be told apart, the elided ones get names.
//!
//! ```text
//! fn f(&self, x: &str) -> impl Iterator<Item = &u8>
//!     →  fn f<'elided_0, 'elided_1>(&'elided_0 self, x: &'elided_1 str) -> impl Iterator<Item = &'elided_0 u8>
//! ```
//!
//! Rules: reference, "Lifetime elision".

use proc_macro2::Span;
use syn::{
    FnArg, GenericArgument, GenericParam, Lifetime, LifetimeParam, PathArguments, ReceiverKind,
    ReturnType, Signature, Type,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::{lent, signature::is_resume};

/// The lifetimes in what a function returns, without those that say what it captures.
pub fn of_return_type(output: &ReturnType) -> Vec<Lifetime> {
    struct Found(Vec<Lifetime>);
    impl<'ast> Visit<'ast> for Found {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            if lifetime.ident != "static" {
                self.0.push(lifetime.clone());
            }
        }
        fn visit_precise_capture(&mut self, _: &'ast syn::PreciseCapture) {}
    }
    let mut found = Found(Vec::new());
    found.visit_return_type(output);
    found.0
}

/// Whether the return type elides a lifetime that the parameters do not tell.
pub fn lacks_lifetime(sig: &Signature) -> bool {
    let mut sig = sig.clone();
    let told = Elided::of_params(&mut sig).told;
    let ReturnType::Type(_, ty) = &mut sig.output else {
        return false;
    };
    let unknown = elided(Span::mixed_site());
    let mut resolver = Resolver::new(&unknown);
    resolver.visit_type_mut(ty);
    told.is_none() && resolver.resolved
}

/// Names the elided lifetimes of the parameters, and resolves those of the return type.
pub fn name_elided(sig: &mut Signature) {
    let Elided { added, told } = Elided::of_params(sig);
    if let (Some(lifetime), ReturnType::Type(_, ty)) = (told, &mut sig.output) {
        Resolver::new(&lifetime).visit_type_mut(ty);
    }
    let at = sig
        .generics
        .params
        .iter()
        .position(|param| !matches!(param, GenericParam::Lifetime(_)))
        .unwrap_or(sig.generics.params.len());
    for (offset, lifetime) in added.into_iter().enumerate() {
        let param = GenericParam::Lifetime(LifetimeParam::new(lifetime));
        sig.generics.params.insert(at + offset, param);
    }
}

/// What is elided in the parameters.
struct Elided {
    /// The lifetimes that have been given names.
    added: Vec<Lifetime>,
    /// What an elided lifetime of the return type stands for.
    told: Option<Lifetime>,
}

impl Elided {
    /// Names the elided lifetimes of the parameters.
    fn of_params(sig: &mut Signature) -> Self {
        let mut namer = Namer::new(ELIDED);
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
                // What `#[resume]` is given comes from no caller.
                FnArg::Typed(typed) if is_resume(&typed.attrs) => {}
                FnArg::Typed(typed) => namer.visit_type_mut(&mut typed.ty),
            }
        }
        let Namer {
            added, mut seen, ..
        } = namer;
        seen.dedup();
        let only = (seen.len() == 1).then(|| seen[0].clone());
        Elided {
            added,
            told: of_self.or(only),
        }
    }
}

/// What the names of a function's elided lifetimes start with.
pub const ELIDED: &str = "elided";

/// A type of a parameter without the names that its elided lifetimes have been given.
pub fn as_written(ty: &Type) -> Type {
    lent::elided(ty, &|lifetime| {
        let number = lifetime.ident.to_string();
        let number = number
            .strip_prefix(ELIDED)
            .and_then(|number| number.strip_prefix('_'));
        number.is_some_and(|number| number.parse::<usize>().is_ok())
    })
}

fn elided(span: Span) -> Lifetime {
    Lifetime::new("'_", span)
}

/// Gives elided lifetimes names.
pub struct Namer {
    /// What the names start with.
    prefix: &'static str,
    /// The lifetimes that have been given names.
    pub added: Vec<Lifetime>,
    /// All lifetimes.
    pub seen: Vec<Lifetime>,
}

impl Namer {
    /// Names that start with this.
    pub fn new(prefix: &'static str) -> Self {
        Namer {
            prefix,
            added: Vec::new(),
            seen: Vec::new(),
        }
    }
}

impl VisitMut for Namer {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            let name = format!("'{}_{}", self.prefix, self.added.len());
            *lifetime = Lifetime::new(&name, Span::mixed_site().located_at(lifetime.span()));
            self.added.push(lifetime.clone());
        }
        self.seen.push(lifetime.clone());
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
struct Resolver<'l> {
    lifetime: &'l Lifetime,
    /// Whether there are any.
    resolved: bool,
}

impl<'l> Resolver<'l> {
    fn new(lifetime: &'l Lifetime) -> Self {
        Resolver {
            lifetime,
            resolved: false,
        }
    }
}

impl VisitMut for Resolver<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.lifetime.clone();
            self.resolved = true;
        }
    }
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        let span = reference.and_token.span;
        let lifetime = reference.lifetime.get_or_insert_with(|| elided(span));
        self.visit_lifetime_mut(lifetime);
        self.visit_type_mut(&mut reference.elem);
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

/// Gives elided lifetimes of resume arguments one that needs no declaration: for what does not run.
pub fn make_resume_static(output: &mut ReturnType) {
    struct Resume;
    impl VisitMut for Resume {
        fn visit_trait_bound_mut(&mut self, bound: &mut syn::TraitBound) {
            lent::unbind(bound);
            let Some(segment) = bound.path.segments.last_mut() else {
                return;
            };
            if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                let lifetime = Lifetime::new("'static", Span::mixed_site());
                for argument in &mut arguments.args {
                    if let GenericArgument::Type(ty) = argument {
                        Resolver::new(&lifetime).visit_type_mut(ty);
                    }
                }
            }
        }
    }
    Resume.visit_return_type_mut(output);
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
