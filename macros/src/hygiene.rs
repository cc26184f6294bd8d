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

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

use crate::tokens::regrouped;

/// Tells what is at the attribute. Stable Rust compares spans by their `Debug` form alone.
#[derive(PartialEq)]
pub struct Attribute(String);

impl Attribute {
    /// The attribute of this expansion.
    pub fn new() -> Self {
        Attribute::at(Span::call_site())
    }

    /// Some other place, in the same form.
    fn at(span: Span) -> Self {
        Attribute(format!("{span:?}"))
    }

    /// Whether a span is the attribute's.
    pub fn is_at(&self, span: Span) -> bool {
        format!("{span:?}") == self.0
    }
}

/// Moves the tokens that are at the attribute to another place.
pub fn relocate(tokens: TokenStream, span: Span) -> TokenStream {
    relocate_from(tokens, &Attribute::new(), span)
}

/// It does not look into groups of the user's: rustc takes an expression to be where its ends are, and what is in a
/// group that has been written is an expression of its own, which has been relocated by itself.
fn relocate_from(tokens: TokenStream, attribute: &Attribute, span: Span) -> TokenStream {
    let place = Attribute::at(span);
    tokens
        .into_iter()
        .map(|mut token| {
            let at = Attribute::at(token.span());
            let is_generated = at == *attribute;
            if let (TokenTree::Group(group), true) = (&token, is_generated || at == place) {
                token = regrouped(group, relocate_from(group.stream(), attribute, span));
            }
            if is_generated {
                token.set_span(span);
            }
            token
        })
        .collect()
}

/// Gives the tokens at some places other spans.
fn respan(tokens: TokenStream, place: &dyn Fn(Span) -> Option<Span>) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| {
            let place_of_token = place(token.span());
            let mut token = match token {
                TokenTree::Group(group) => regrouped(&group, respan(group.stream(), place)),
                token => token,
            };
            if let Some(span) = place_of_token {
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
        // Token by token: to append a stream, rustc is asked, and it is by far the most frequent one.
        for name in ["handcrank", "__private"] {
            tokens.append(Punct::new(':', Spacing::Joint));
            tokens.append(Punct::new(':', Spacing::Alone));
            tokens.append(Ident::new(name, Span::call_site()));
        }
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
    first_written(expr.to_token_stream(), &Attribute::new()).unwrap_or_else(Span::call_site)
}

/// Where something ends.
pub fn end_of(construct: &impl ToTokens) -> Span {
    match construct.to_token_stream().into_iter().last() {
        Some(TokenTree::Group(group)) => group.span_close(),
        Some(token) => token.span(),
        None => Span::call_site(),
    }
}

fn first_written(tokens: TokenStream, attribute: &Attribute) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) if attribute.is_at(group.span_open()) => {
            first_written(group.stream(), attribute)
        }
        token => {
            let span = token.span();
            (!attribute.is_at(span)).then_some(span)
        }
    })
}

/// Where an expression of the user's starts and ends.
#[derive(Clone, Copy)]
pub struct Ends {
    first: Span,
    last: Span,
}

impl Ends {
    /// Those of an expression.
    pub fn of(expr: &impl ToTokens) -> Self {
        let last = last_written(expr.to_token_stream(), &Attribute::new());
        Ends {
            first: span_of(expr),
            last: last.unwrap_or_else(Span::call_site),
        }
    }

    /// Where it ends.
    pub fn last(self) -> Span {
        self.last
    }

    /// Generated tokens from there to there: rustc takes an expression to be from its first token to its
    /// last. A generated name may be neither, for then the expression is the macro's: `(name).0`.
    pub fn stretch(self, tokens: TokenStream) -> TokenStream {
        let attribute = Attribute::new();
        let mut tokens = tokens.into_iter();
        let first = tokens.by_ref().take(1).collect();
        let mut stretched = relocate_from(first, &attribute, self.first);
        stretched.extend(relocate_from(tokens.collect(), &attribute, self.last));
        stretched
    }
}

fn last_written(tokens: TokenStream, attribute: &Attribute) -> Option<Span> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    tokens.into_iter().rev().find_map(|token| match token {
        TokenTree::Group(group) if attribute.is_at(group.span_open()) => {
            last_written(group.stream(), attribute)
        }
        TokenTree::Group(group) => Some(group.span_close()),
        token => Some(token.span()).filter(|span| !attribute.is_at(*span)),
    })
}

/// Moves what is at the whole of a macro call to one place in it, each token with its hygiene. What rustc says of
/// generated code does not take in all of the user's then.
pub fn settle(tokens: TokenStream, place: Span) -> TokenStream {
    let location = |span: Span| {
        let span = format!("{span:?}");
        span.split_once(' ')
            .map(|(_, location)| location.to_owned())
    };
    respan(tokens, &|span| {
        let is_at_call = location(span) == location(Span::call_site());
        is_at_call.then(|| span.located_at(place))
    })
}
