//! Mutations of tokens: the result need not be syntax.

use arbitrary::{Result, Unstructured};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Tokens that mean something to the expansion.
const WORDS: [&str; 68] = [
    "yield_",
    "yield_from",
    "yield_!()",
    "yield_!(x)",
    ".await",
    "?",
    "move",
    "async",
    "unsafe",
    "const",
    "static",
    "impl",
    "dyn",
    "Generator",
    "Iterator",
    "Stream",
    "Future",
    "Unpin",
    "Send",
    "Box",
    "Pin",
    "self",
    "Self",
    "super",
    "crate",
    "mut",
    "ref",
    "let",
    "else",
    "if",
    "match",
    "while",
    "for",
    "loop",
    "in",
    "return",
    "break",
    "continue",
    "'a",
    "'static",
    "'_",
    "_",
    "..",
    "..=",
    "=>",
    "->",
    "::",
    "@",
    "|",
    "||",
    "&",
    "&&",
    "!",
    "=",
    "+=",
    ";",
    ",",
    ":",
    "<",
    ">",
    "#[resume]",
    "#[cfg(x)]",
    "#![allow(x)]",
    "1.0",
    "0",
    "r#gen",
    "\"{x:?}{}\"",
    "__x",
];

/// Mutates the tokens at one place.
pub(crate) fn mutate(tokens: TokenStream, choices: &mut Unstructured) -> Result<TokenStream> {
    let mut list: Vec<TokenTree> = tokens.into_iter().collect();
    let groups: Vec<usize> = (0..list.len())
        .filter(|at| matches!(list[*at], TokenTree::Group(_)))
        .collect();
    if !groups.is_empty() && choices.ratio(4, 5)? {
        let at = *choices.choose(&groups)?;
        if let TokenTree::Group(group) = &list[at] {
            let inner = mutate(group.stream(), choices)?;
            list[at] = TokenTree::Group(Group::new(group.delimiter(), inner));
        }
        return Ok(list.into_iter().collect());
    }
    if list.is_empty() {
        return word(choices);
    }
    let at = choices.int_in_range(0..=list.len() - 1)?;
    let other = choices.int_in_range(0..=list.len() - 1)?;
    match choices.int_in_range(0..=6)? {
        0 => {
            list.remove(at);
        }
        1 => list.insert(other, list[at].clone()),
        2 => list.swap(at, other),
        3 => list[at] = wrapped(list[at].clone(), choices)?,
        4 => {
            list.drain(at.min(other)..=at.max(other));
        }
        5 => {
            list.splice(at..=at, word(choices)?);
        }
        _ => {
            list.splice(at..at, word(choices)?);
        }
    }
    Ok(list.into_iter().collect())
}

/// A group around a token, or another one around what it holds. Invisible ones are what fragments of a
/// `macro_rules!` arrive as.
fn wrapped(token: TokenTree, choices: &mut Unstructured) -> Result<TokenTree> {
    let delimiter = *choices.choose(&[
        Delimiter::Parenthesis,
        Delimiter::Brace,
        Delimiter::Bracket,
        Delimiter::None,
        Delimiter::None,
    ])?;
    Ok(TokenTree::Group(match token {
        TokenTree::Group(group) if choices.arbitrary()? => Group::new(delimiter, group.stream()),
        token => Group::new(delimiter, token.into()),
    }))
}

fn word(choices: &mut Unstructured) -> Result<TokenStream> {
    Ok(choices.choose(&WORDS)?.parse().unwrap_or_default())
}
