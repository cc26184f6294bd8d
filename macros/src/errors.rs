//! Rejections, collected so that a user sees all of them at once.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use crate::hygiene::Attribute;

/// The tokens that the user wrote: printing may add parentheses, which are at the attribute.
fn written(tokens: TokenStream, attribute: &Attribute, found: &mut Vec<TokenTree>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if attribute.is_at(group.span_open()) => {
                written(group.stream(), attribute, found);
            }
            token if attribute.is_at(token.span()) => {}
            token => found.push(token),
        }
    }
}

/// Every rejection so far.
#[derive(Default)]
pub struct Errors {
    /// What we say.
    said: Option<syn::Error>,
    /// Whether rustc has said that the function is wrong, when it parsed it.
    by_rustc: bool,
}

impl Errors {
    /// Rejects a construct, at all of its tokens.
    pub fn reject(&mut self, construct: impl ToTokens, message: &str) {
        let mut tokens = Vec::new();
        written(construct.to_token_stream(), &Attribute::new(), &mut tokens);
        let tokens: TokenStream = tokens.into_iter().collect();
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds an error.
    pub fn push(&mut self, error: syn::Error) {
        match &mut self.said {
            Some(errors) => errors.combine(error),
            none => *none = Some(error),
        }
    }

    /// Rejects what rustc's parser has rejected already.
    pub fn leave_to_rustc(&mut self) {
        self.by_rustc = true;
    }

    /// Whether anything has been rejected.
    pub fn refuses(&self) -> bool {
        self.by_rustc || self.said.is_some()
    }

    /// One `compile_error!` for each rejection.
    pub fn into_compile_errors(self) -> TokenStream {
        self.said
            .map_or_else(TokenStream::new, |errors| errors.to_compile_error())
    }
}
