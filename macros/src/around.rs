//! What is around a function: an attribute on a function is not shown it, and one on the block is.
//!
//! ```text
//! #[generator]                        impl<T> Load for Shelf<T> {
//! impl<T> Load for Shelf<T> {     →       #[::handcrank::generator(@trait)]
//!     async fn load(&self) { .. }         async fn load(&self) { .. }
//! }                                   }
//! ```
//!
//! An `async fn` of such a block is a generator, and so is what has the attribute itself.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Attribute, GenericParam, Generics, Ident, ImplItem, ItemImpl, ItemTrait, Meta, Signature,
    Token, TraitItem,
    parse::{Parse, ParseStream},
    parse_quote_spanned,
    spanned::Spanned,
};

/// What is known of the block that a function is in.
pub enum Around {
    /// Nothing: the attribute is on the function alone.
    Unknown,
    /// It is a trait, or an `impl` of one, with these type parameters.
    Trait(Vec<Ident>),
    /// It is an `impl` of a type, with these type parameters.
    Impl(Vec<Ident>),
}

impl Parse for Around {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.is_empty() {
            return Ok(Around::Unknown);
        }
        input.parse::<Token![@]>()?;
        let is_trait = input.parse::<Option<Token![trait]>>()?.is_some();
        if !is_trait {
            input.parse::<Token![impl]>()?;
        }
        let mut params = Vec::new();
        while !input.is_empty() {
            params.push(input.parse()?);
        }
        Ok(if is_trait {
            Around::Trait(params)
        } else {
            Around::Impl(params)
        })
    }
}

impl ToTokens for Around {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Around::Unknown => TokenStream::new(),
            Around::Trait(params) => quote!(@trait #(#params)*),
            Around::Impl(params) => quote!(@impl #(#params)*),
        });
    }
}

/// The block with its generators marked; `None` if it is something else.
pub fn mark(input: &TokenStream) -> Option<syn::Result<TokenStream>> {
    let mut found = false;
    if let Ok(mut block) = syn::parse2::<ItemImpl>(input.clone()) {
        let around = match block.trait_ {
            Some(_) => Around::Trait(types(&block.generics)),
            None => Around::Impl(types(&block.generics)),
        };
        for item in &mut block.items {
            if let ImplItem::Fn(function) = item {
                found |= around.mark(&function.sig, &mut function.attrs);
            }
        }
        return Some(marked(&block, block.impl_token, found));
    }
    let mut block = syn::parse2::<ItemTrait>(input.clone()).ok()?;
    let around = Around::Trait(types(&block.generics));
    for item in &mut block.items {
        if let TraitItem::Fn(function) = item {
            found |= around.mark(&function.sig, &mut function.attrs);
        }
    }
    Some(marked(&block, block.trait_token, found))
}

/// The block, if there is a generator in it.
fn marked(block: &impl ToTokens, keyword: impl ToTokens, found: bool) -> syn::Result<TokenStream> {
    if found {
        return Ok(quote!(#block));
    }
    let message =
        "nothing in here is a generator; make a function an `async fn`, or mark it `#[generator]`";
    Err(syn::Error::new_spanned(keyword, message))
}

impl Around {
    /// Tells a function what is around it, if it is a generator; whether it is.
    fn mark(&self, sig: &Signature, attrs: &mut Vec<Attribute>) -> bool {
        let marked = attrs.iter_mut().find(|attr| is_ours(attr));
        let span = match (&marked, sig.asyncness) {
            (Some(attr), _) => attr.meta.span(),
            (None, Some(asyncness)) => asyncness.span(),
            (None, None) => return false,
        };
        let attr = parse_quote_spanned!(span=> #[::handcrank::generator(#self)]);
        match marked {
            Some(marked) => *marked = attr,
            None => attrs.push(attr),
        }
        true
    }
}

/// Whether this is `#[generator]`, by whatever path.
fn is_ours(attr: &Attribute) -> bool {
    let last = attr.path().segments.last();
    last.is_some_and(|last| last.ident == "generator") && matches!(attr.meta, Meta::Path(_))
}

fn types(generics: &Generics) -> Vec<Ident> {
    let types = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(param.ident.clone()),
        _ => None,
    });
    types.collect()
}
