//! The body that runs borrows for one lifetime alone, wherever the signature has several. A local that borrows from two
//! of them would have none to name in the hidden type (E0700).
//!
//! ```text
//! async fn f(&self, x: &str) { let both = [self.name(), x]; g().await; h(both) }
//!     →  fn f<'elided_0, 'elided_1>(&'elided_0 self, x: &'elided_1 str) -> impl Future<Output = ()> {
//!            .. the original, of both lifetimes ..
//!            let x = relabelled::<_, &'elided_0 str>(x);
//!            .. the machine ..
//!        }
//! ```
//!
//! Nothing is borrowed for longer than it may be: rustc has checked the original, for all lifetimes, and so for two that are
//! the same; and what the function returns captures all of them, whatever is hidden in it (RFC 3498, RFC 3617).
//!
//! `&'a T` of a type parameter cannot be renamed to `&'b T` unless `T` is known to outlive `'b`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{
    FnArg, Lifetime, Receiver, ReceiverKind, Signature, Type,
    visit::{self, Visit},
    visit_mut::VisitMut,
};

use crate::{
    around::Around,
    frame_lifetime,
    hygiene::private,
    lifetimes,
    signature::{BodyParam, is_resume},
    tokens::regrouped,
};

/// The lifetimes of a signature, of which the body knows one.
pub struct OneLifetime {
    /// The one.
    to: Lifetime,
    /// The others.
    from: Vec<Lifetime>,
}

/// A parameter, or what a method is called on.
struct Borrowed {
    lifetimes: Vec<Lifetime>,
    /// The type parameters in it.
    types: Vec<Ident>,
}

impl OneLifetime {
    /// Of a signature that has a name for each lifetime; `None` if it has one anyway, or they cannot be the same.
    pub fn of(sig: &Signature, around: &Around) -> Option<Self> {
        let inputs: Vec<_> = sig
            .inputs
            .iter()
            .filter(|input| !matches!(input, FnArg::Typed(typed) if is_resume(&typed.attrs)))
            .map(|input| Borrowed::of(input, around))
            .collect();
        let mut all: Vec<&Lifetime> = Vec::new();
        for lifetime in inputs.iter().flat_map(|input| &input.lifetimes) {
            if !all.contains(&lifetime) {
                all.push(lifetime);
            }
        }
        // Those of an `impl` keep their names, for what it says of them. They are in `Self`, if there is one.
        let own: Vec<_> = sig.generics.lifetimes().map(|own| &own.lifetime).collect();
        let (own, of_impl): (Vec<_>, Vec<_>) = all
            .iter()
            .copied()
            .partition(|lifetime| own.contains(lifetime));
        let has_self = sig.receiver().is_some();
        let returned = lifetimes::of_return_type(&sig.output);
        let to = all.into_iter().find(|to| {
            let outlives = around.outlive(to, sig);
            let is_renamed = |lifetime: &&Lifetime| own.contains(lifetime) && lifetime != to;
            let is_known = |input: &Borrowed| {
                !input.lifetimes.iter().any(|lifetime| is_renamed(&lifetime))
                    || input.types.iter().all(|ty| outlives.contains(ty))
            };
            !returned.iter().any(|lifetime| is_renamed(&lifetime))
                && inputs.iter().all(is_known)
                && (has_self || of_impl.iter().all(|lifetime| lifetime == to))
        })?;
        let from: Vec<_> = own
            .iter()
            .filter(|from| **from != to)
            .map(|from| (*from).clone())
            .collect();
        (!from.is_empty()).then(|| OneLifetime {
            to: to.clone(),
            from,
        })
    }

    /// A type with all of them in it. Hidden in what a function returns, it has rustc see to it that they are captured, and
    /// outlive what that is said to outlive.
    pub fn all(&self) -> TokenStream {
        let (to, from) = (&self.to, &self.from);
        quote!((&#to (), #(&#from (),)*))
    }

    /// Gives the parameters the types that the body knows, which differ from their own in lifetimes alone.
    pub fn relabel(&self, params: &mut [BodyParam]) -> TokenStream {
        let mut relabels = TokenStream::new();
        for BodyParam { param, .. } in params.iter_mut().filter(|param| !param.param.resume) {
            let (name, Some(ty)) = (&param.name, &mut param.ty) else {
                continue;
            };
            let own = ty.clone();
            Rename(self).visit_type_mut(ty);
            if *ty != own {
                relabels.extend(q! {
                    // SAFETY: the machine is not used for longer than it may be, and rustc has checked the original.
                    let #name = unsafe { #private::relabelled::<_, #ty>(#name) };
                });
            }
        }
        relabels
    }

    /// Renames those that the user names.
    pub fn rename(&self, body: &mut syn::Block) {
        Rename(self).visit_block_mut(body);
    }
}

impl Borrowed {
    fn of(input: &FnArg, around: &Around) -> Self {
        match input {
            FnArg::Receiver(receiver) => Borrowed {
                lifetimes: of_receiver(receiver).into_iter().cloned().collect(),
                types: vec![Ident::new("Self", Span::call_site())],
            },
            FnArg::Typed(typed) => Borrowed::of_type(&typed.ty, around),
        }
    }

    fn of_type(ty: &Type, around: &Around) -> Self {
        let found = Borrowed {
            lifetimes: Vec::new(),
            types: Vec::new(),
        };
        let mut find = Find { around, found };
        find.visit_type(ty);
        find.found
    }
}

/// The lifetime of `&self`.
fn of_receiver(receiver: &Receiver) -> Option<&Lifetime> {
    match &receiver.kind {
        ReceiverKind::Reference(_, lifetime, _) => lifetime.as_ref(),
        _ => None,
    }
}

/// Lifetimes and type parameters in a type.
struct Find<'a> {
    around: &'a Around,
    found: Borrowed,
}

impl<'ast> Visit<'ast> for Find<'_> {
    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        if lifetime.ident != "static" {
            self.found.lifetimes.push(lifetime.clone());
        }
    }
    fn visit_ident(&mut self, name: &'ast Ident) {
        if self.around.may_be_parameter(name) {
            self.found.types.push(name.clone());
        }
    }
    // Those in these are their own, or cannot be renamed.
    fn visit_type_fn_ptr(&mut self, _: &'ast syn::TypeFnPtr) {}
    fn visit_parenthesized_generic_arguments(
        &mut self,
        _: &'ast syn::ParenthesizedGenericArguments,
    ) {
    }
    fn visit_trait_bound(&mut self, bound: &'ast syn::TraitBound) {
        if bound.lifetimes.is_none() {
            visit::visit_trait_bound(self, bound);
        }
    }
}

impl Around {
    /// Whether a name may be that of a type parameter.
    fn may_be_parameter(&self, name: &Ident) -> bool {
        name == "Self"
            || match self {
                Around::Unknown => frame_lifetime::is_parameter(name),
                Around::Trait(types) | Around::Impl(types) => types.contains(name),
            }
    }

    /// The type parameters that are known to outlive this: those behind a reference with it.
    fn outlive(&self, lifetime: &Lifetime, sig: &Signature) -> Vec<Ident> {
        struct Behind<'a> {
            lifetime: &'a Lifetime,
            around: &'a Around,
            types: Vec<Ident>,
        }
        impl<'ast> Visit<'ast> for Behind<'_> {
            fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
                if reference.lifetime.as_ref() == Some(self.lifetime) {
                    let behind = Borrowed::of_type(&reference.elem, self.around);
                    self.types.extend(behind.types);
                }
                visit::visit_type_reference(self, reference);
            }
        }
        let mut behind = Behind {
            lifetime,
            around: self,
            types: Vec::new(),
        };
        for input in &sig.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    if of_receiver(receiver) == Some(lifetime) {
                        behind.types.push(Ident::new("Self", Span::call_site()));
                        behind.types.extend(self.of_self(sig));
                    }
                }
                FnArg::Typed(typed) => behind.visit_type(&typed.ty),
            }
        }
        behind.types
    }

    /// The type parameters in `Self`.
    fn of_self(&self, sig: &Signature) -> Vec<Ident> {
        match self {
            Around::Impl(types) => types.clone(),
            Around::Trait(_) => Vec::new(),
            // They are of the `impl`, if they are parameters, and few of one are in its trait alone.
            Around::Unknown => {
                let inputs = sig.inputs.iter().map(|input| Borrowed::of(input, self));
                inputs.flat_map(|input| input.types).collect()
            }
        }
    }
}

/// Renames lifetimes to the one.
struct Rename<'l>(&'l OneLifetime);

impl Rename<'_> {
    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        let mut quote = false;
        let renamed = tokens.into_iter().map(|token| {
            let after_quote = std::mem::replace(
                &mut quote,
                matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\''),
            );
            match token {
                TokenTree::Ident(name)
                    if after_quote && self.0.from.iter().any(|from| from.ident == name) =>
                {
                    TokenTree::Ident(Ident::new(&self.0.to.ident.to_string(), name.span()))
                }
                TokenTree::Group(group) => regrouped(&group, self.tokens(group.stream())),
                token => token,
            }
        });
        renamed.collect()
    }
}

impl VisitMut for Rename<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.0.from.contains(lifetime) {
            let mut to = self.0.to.clone();
            to.set_span(lifetime.span());
            *lifetime = to;
        }
    }
    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        mac.tokens = self.tokens(mac.tokens.clone());
    }
    // Not those of loops and blocks.
    fn visit_label_mut(&mut self, _: &mut syn::Label) {}
    fn visit_expr_break_mut(&mut self, leave: &mut syn::ExprBreak) {
        if let Some(value) = &mut leave.expr {
            self.visit_expr_mut(value);
        }
    }
    fn visit_expr_continue_mut(&mut self, _: &mut syn::ExprContinue) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
