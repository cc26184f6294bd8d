//! Walks over tokens.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

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

/// All names that may be those of values.
pub fn names_of_values(tokens: TokenStream) -> Vec<Ident> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if may_be_value(&tokens, at) => found.push(name.clone()),
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

/// Whether the name at this position may be that of a local: it is no field or method, which come after a dot (`..x`
/// is a range), no part of a path, and no label.
pub fn may_be_value(tokens: &[TokenTree], at: usize) -> bool {
    let punct = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    let before = (punct(at.checked_sub(2)), punct(at.checked_sub(1)));
    let after = (punct(Some(at + 1)), punct(Some(at + 2)));
    let is_member = before.1 == Some('.') && before.0 != Some('.');
    let in_path = before == (Some(':'), Some(':')) || after == (Some(':'), Some(':'));
    !is_member && !in_path && before.1 != Some('\'')
}

/// Whether the token at this position is the braces of a struct literal: they come after a name in upper case.
pub fn is_fields(tokens: &[TokenTree], at: usize) -> bool {
    let name = at.checked_sub(1).and_then(|before| tokens.get(before));
    let is_constructor = matches!(name, Some(TokenTree::Ident(name))
        if name.to_string().starts_with(char::is_uppercase));
    is_constructor
        && matches!(&tokens[at], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// What a name is in the braces of a struct literal.
#[derive(PartialEq)]
pub enum FieldToken {
    /// `x` in `Point { x: 1 }`
    Name,
    /// `x` in `Point { x, y }`
    Short,
    /// A part of a value.
    Value,
}

impl FieldToken {
    /// What the token at this position is. `in_fields`: the tokens are those in such braces.
    pub fn of(tokens: &[TokenTree], at: usize, in_fields: bool) -> FieldToken {
        let punct = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
            Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
            Some(_) => None,
            None => Some(','),
        };
        if !in_fields || punct(at.checked_sub(1)) != Some(',') && at > 0 {
            return FieldToken::Value;
        }
        match (punct(Some(at + 1)), punct(Some(at + 2))) {
            (Some(','), _) => FieldToken::Short,
            (Some(':'), next) if next != Some(':') => FieldToken::Name,
            _ => FieldToken::Value,
        }
    }
}
