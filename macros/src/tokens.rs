//! Walks over tokens.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

/// All names, in order.
pub fn names(tokens: TokenStream) -> Vec<Ident> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(name) => vec![name],
            TokenTree::Group(group) => names(group.stream()),
            _ => Vec::new(),
        })
        .collect()
}

/// All names but those of fields and methods, which come after a dot.
pub fn names_of_values(tokens: TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    let mut after_dot = AfterDot::default();
    for token in tokens {
        let is_member = after_dot.next(&token);
        match token {
            TokenTree::Ident(name) if !is_member => found.push(name),
            TokenTree::Group(group) => found.extend(names_of_values(group.stream())),
            _ => {}
        }
    }
    found
}

/// A group with other tokens in it.
pub fn regrouped(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut regrouped = Group::new(group.delimiter(), tokens);
    regrouped.set_span(group.span());
    TokenTree::Group(regrouped)
}

/// Tells of each token whether it comes after a single dot: a name there is a field or method. `..x` is a range.
#[derive(Default)]
pub struct AfterDot(usize);

impl AfterDot {
    /// Whether this token does.
    pub fn next(&mut self, token: &TokenTree) -> bool {
        let is_after_dot = self.0 == 1;
        let is_dot = matches!(token, TokenTree::Punct(punct) if punct.as_char() == '.');
        self.0 = if is_dot { self.0 + 1 } else { 0 };
        is_after_dot
    }
}
