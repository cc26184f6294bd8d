//! The macros of tokio and of `futures` that pin a local under its own name.
//!
//! ```text
//! tokio::pin!(a);   pin_mut!(a);      →  let mut a = ::core::pin::pin!(a);
//! tokio::pin! { let a = f(); }        →  let mut a = ::core::pin::pin!(f());
//! ```
//!
//! They take a name and declare it anew, which no later stage could see.

use quote::quote;
use syn::{
    Ident, Macro, Stmt, Token,
    parse::{Parse, ParseStream},
    parse_quote_spanned,
    punctuated::Punctuated,
    spanned::Spanned,
};

/// The statements that a statement stands for: itself, if it is none of these macros.
pub fn expand(stmt: Stmt) -> Vec<Stmt> {
    let Stmt::Macro(call) = &stmt else {
        return vec![stmt];
    };
    let last = call.mac.path.segments.last();
    let pins = last.is_some_and(|last| last.ident == "pin" || last.ident == "pin_mut")
        && !call.mac.tokens.is_empty();
    let Some(pinned) = pins.then(|| call.mac.parse_body::<Pinned>().ok()).flatten() else {
        return vec![stmt];
    };
    let path = &call.mac.path;
    // So that it is used where it is imported.
    let used = parse_quote_spanned!(path.span()=> { #path! {} });
    std::iter::once(used)
        .chain(
            pinned
                .0
                .into_iter()
                .map(|(name, value)| declare(&call.mac, &name, &value)),
        )
        .collect()
}

fn declare(mac: &Macro, name: &Ident, value: &proc_macro2::TokenStream) -> Stmt {
    parse_quote_spanned! {mac.path.span()=>
        #[allow(unused_mut)]
        let mut #name = ::core::pin::pin!(#value);
    }
}

/// Names, or `let`s of names, with what is pinned under each.
struct Pinned(Vec<(Ident, proc_macro2::TokenStream)>);

impl Parse for Pinned {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if !input.peek(Token![let]) {
            let names = Punctuated::<Ident, Token![,]>::parse_terminated(input)?;
            return Ok(Pinned(
                names
                    .into_iter()
                    .map(|name| (name.clone(), quote!(#name)))
                    .collect(),
            ));
        }
        let mut pinned = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![let]>()?;
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            let value: syn::Expr = input.parse()?;
            input.parse::<Token![;]>()?;
            pinned.push((name, quote!(#value)));
        }
        Ok(Pinned(pinned))
    }
}
