//! The rules of a macro.

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};

/// A rule: what a call has to look like, and what it stands for.
pub struct Rule {
    pub matcher: Vec<Tree>,
    pub transcriber: Vec<Tree>,
}

/// A part of a matcher or of a transcriber.
pub enum Tree {
    /// A token that stands for itself.
    Token(TokenTree),
    /// What is between two delimiters.
    Group(Delimiter, Span, Vec<Tree>),
    /// `$name`, and of which kind it is, in a matcher.
    Variable(Ident, Option<Fragment>),
    /// `$(..),*`
    Repeat(Repeat),
}

/// What is repeated.
pub struct Repeat {
    pub inner: Vec<Tree>,
    /// The tokens between two repetitions: one, for rustc.
    pub separator: Vec<TokenTree>,
    pub times: Times,
}

/// How often.
#[derive(Clone, Copy, PartialEq)]
pub enum Times {
    Any,
    AtLeastOnce,
    AtMostOnce,
}

/// The kinds of fragments.
#[derive(Clone, Copy, PartialEq)]
pub enum Fragment {
    Block,
    Expr,
    Ident,
    Lifetime,
    Literal,
    Pat,
    PatParam,
    Path,
    Tt,
    Ty,
}

impl Rule {
    /// Whether a string of the transcriber captures one of these names.
    pub fn captures_any<'n>(&self, names: impl Iterator<Item = &'n str>) -> bool {
        let mut strings = Vec::new();
        strings_in(&self.transcriber, &mut strings);
        let captured: Vec<_> = names.map(|name| format!("{{{name}")).collect();
        strings
            .iter()
            .any(|string| captured.iter().any(|name| string.contains(name)))
    }
}

fn strings_in(trees: &[Tree], found: &mut Vec<String>) {
    for tree in trees {
        match tree {
            Tree::Token(TokenTree::Literal(literal)) => found.push(literal.to_string()),
            Tree::Token(_) | Tree::Variable(..) => {}
            Tree::Group(_, _, inner) | Tree::Repeat(Repeat { inner, .. }) => {
                strings_in(inner, found);
            }
        }
    }
}

/// The rules of a definition. `None` if there is something in them that is not known here.
pub fn parse(definition: TokenStream) -> Option<Vec<Rule>> {
    let mut tokens = definition.into_iter().peekable();
    let mut rules = Vec::new();
    while let Some(matcher) = tokens.next() {
        let TokenTree::Group(matcher) = matcher else {
            return None;
        };
        let arrow = [tokens.next()?, tokens.next()?];
        let is_arrow = arrow.iter().zip(['=', '>']);
        if !is_arrow
            .into_iter()
            .all(|(token, punct)| is_punct(token, punct))
        {
            return None;
        }
        let TokenTree::Group(transcriber) = tokens.next()? else {
            return None;
        };
        rules.push(Rule {
            matcher: trees(matcher.stream(), true)?,
            transcriber: trees(transcriber.stream(), false)?,
        });
        tokens.next_if(|token| is_punct(token, ';'));
    }
    Some(rules)
}

fn trees(tokens: TokenStream, in_matcher: bool) -> Option<Vec<Tree>> {
    let mut tokens = tokens.into_iter();
    let mut trees = Vec::new();
    while let Some(token) = tokens.next() {
        trees.push(match token {
            TokenTree::Punct(dollar) if dollar.as_char() == '$' => match tokens.next()? {
                TokenTree::Ident(name) if name == "crate" => Tree::Token(TokenTree::Ident(name)),
                TokenTree::Ident(name) => {
                    let fragment = if in_matcher {
                        Some(fragment(&mut tokens)?)
                    } else {
                        None
                    };
                    Tree::Variable(name, fragment)
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                    let inner = self::trees(group.stream(), in_matcher)?;
                    Tree::Repeat(repeat(inner, &mut tokens)?)
                }
                _ => return None,
            },
            // It has variables of its own.
            TokenTree::Ident(name) if name == "macro_rules" => return None,
            TokenTree::Group(group) => Tree::Group(
                group.delimiter(),
                group.span(),
                self::trees(group.stream(), in_matcher)?,
            ),
            token => Tree::Token(token),
        });
    }
    Some(trees)
}

/// `:expr`
fn fragment(tokens: &mut impl Iterator<Item = TokenTree>) -> Option<Fragment> {
    let colon = tokens.next()?;
    let TokenTree::Ident(fragment) = tokens.next()? else {
        return None;
    };
    if !is_punct(&colon, ':') {
        return None;
    }
    Some(match &*fragment.to_string() {
        "block" => Fragment::Block,
        "expr" | "expr_2021" => Fragment::Expr,
        "ident" => Fragment::Ident,
        "lifetime" => Fragment::Lifetime,
        "literal" => Fragment::Literal,
        "pat" => Fragment::Pat,
        "pat_param" => Fragment::PatParam,
        "path" => Fragment::Path,
        "tt" => Fragment::Tt,
        "ty" => Fragment::Ty,
        _ => return None,
    })
}

/// What follows `$(..)`.
fn repeat(inner: Vec<Tree>, tokens: &mut impl Iterator<Item = TokenTree>) -> Option<Repeat> {
    let mut separator = Vec::new();
    loop {
        let token = tokens.next()?;
        let times = match &token {
            TokenTree::Punct(punct) => match punct.as_char() {
                '*' => Some(Times::Any),
                '+' => Some(Times::AtLeastOnce),
                '?' => Some(Times::AtMostOnce),
                _ => None,
            },
            _ => None,
        };
        if let Some(times) = times {
            return Some(Repeat {
                inner,
                separator,
                times,
            });
        }
        // A separator is one token, `=>` among them.
        let is_open = match separator.last() {
            None => true,
            Some(TokenTree::Punct(last)) => last.spacing() == Spacing::Joint,
            Some(_) => false,
        };
        if !is_open {
            return None;
        }
        separator.push(token);
    }
}

fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}
