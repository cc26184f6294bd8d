//! What a string in a macro that nobody knows may capture, should it be a format string: which local a name is.
//!
//! ```text
//! say!("{x}")      →      say!("{x}" ⟨"x" x_2⟩)      where `⟨⟩` is a group without delimiters, behind all else
//! ```
//!
//! It is among the macro's tokens so that whoever looks for the locals that a macro names finds these as well.

use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};
use syn::{LitStr, ext::IdentExt};

/// What the group starts with.
const MARK: &str = "what is captured by handcrank's count";

/// A name in a string, and the local that it is.
pub struct Captured {
    /// As it is written, where the string is.
    pub written: Ident,
    /// The local.
    pub local: Ident,
}

/// All strings among tokens.
pub fn strings(tokens: &TokenStream) -> Vec<LitStr> {
    let tokens = tokens.clone().into_iter();
    let strings = tokens.flat_map(|token| match token {
        TokenTree::Literal(literal) => syn::parse2(TokenTree::Literal(literal).into())
            .into_iter()
            .collect(),
        TokenTree::Group(group) => strings(&group.stream()),
        _ => Vec::new(),
    });
    strings.collect()
}

/// Notes what a macro's strings may capture.
pub fn note(tokens: &mut TokenStream, captured: &[Captured]) {
    if captured.is_empty() {
        return;
    }
    let mut noted = TokenStream::from(TokenTree::Literal(Literal::string(MARK)));
    for Captured { written, local } in captured {
        let mut name = Literal::string(&written.to_string());
        name.set_span(written.span());
        noted.extend([TokenTree::Literal(name), TokenTree::Ident(local.clone())]);
    }
    tokens.extend([TokenTree::Group(Group::new(Delimiter::None, noted))]);
}

/// Takes what has been noted from a macro's tokens, which are as the user wrote them then.
pub fn take(tokens: &mut TokenStream) -> Vec<Captured> {
    let mut all: Vec<_> = tokens.clone().into_iter().collect();
    let Some(TokenTree::Group(group)) = all.last() else {
        return Vec::new();
    };
    let mut noted = group.stream().into_iter();
    let is_mark = |token: TokenTree| token.to_string() == Literal::string(MARK).to_string();
    if group.delimiter() != Delimiter::None || !noted.next().is_some_and(is_mark) {
        return Vec::new();
    }
    all.pop();
    *tokens = all.into_iter().collect();
    let mut found = Vec::new();
    while let (Some(written), Some(TokenTree::Ident(local))) = (noted.next(), noted.next()) {
        let Ok(name) = syn::parse2::<LitStr>(written.into()) else {
            continue;
        };
        if let Ok(written) = name.parse_with(Ident::parse_any) {
            found.push(Captured { written, local });
        }
    }
    found
}
