//! Names that expansions declare, hidden from the user's code.

/// `quote!` with names that no code of the user's sees.
macro_rules! q {
    ($($tokens:tt)*) => {
        ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*)
    };
}

/// `quote_spanned!` of which all generated tokens are at the span: rustc reports an expression at its first
/// and last tokens, so none of them may be at the attribute.
macro_rules! at {
    ($span:expr=> $($tokens:tt)*) => {{
        let span = $span;
        $crate::hygiene::relocate(::quote::quote_spanned!(span=> $($tokens)*), span)
    }};
}

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// Moves the tokens that are at the attribute to another place.
pub fn relocate(tokens: TokenStream, span: Span) -> TokenStream {
    let attribute = format!("{:?}", Span::call_site());
    relocate_from(tokens, &attribute, span)
}

fn relocate_from(tokens: TokenStream, attribute: &str, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| {
            let is_generated = format!("{:?}", token.span()) == attribute;
            let mut token = match token {
                TokenTree::Group(group) => {
                    let inner = relocate_from(group.stream(), attribute, span);
                    let mut relocated = Group::new(group.delimiter(), inner);
                    relocated.set_span(group.span());
                    TokenTree::Group(relocated)
                }
                token => token,
            };
            if is_generated {
                token.set_span(span);
            }
            token
        })
        .collect()
}

/// `#private` in a quotation is the path of what expansions use.
pub struct Private;

impl ToTokens for Private {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(quote!(::handcrank::__private));
    }
}

/// `#private` in a quotation is the path of what expansions use.
#[expect(
    non_upper_case_globals,
    reason = "it is interpolated, where locals are"
)]
pub const private: Private = Private;

/// Where the user wrote an expression. Printing one may put parentheses around it, and stages mark
/// expressions with attributes: those are at the attribute.
pub fn span_of(expr: &impl ToTokens) -> Span {
    let attribute = format!("{:?}", Span::call_site());
    first_written(expr.to_token_stream(), &attribute).unwrap_or_else(Span::call_site)
}

fn first_written(tokens: TokenStream, attribute: &str) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) if format!("{:?}", group.span_open()) == attribute => {
            first_written(group.stream(), attribute)
        }
        token => {
            let span = token.span();
            (format!("{span:?}") != attribute).then_some(span)
        }
    })
}
