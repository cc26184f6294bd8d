//! Which rule a call matches, and what its variables stand for.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Expr, Lifetime, Lit, Pat, Path, Token, Type,
    ext::IdentExt,
    parse::{ParseStream, Parser, discouraged::Speculative},
};

use super::rule::{Fragment, Repeat, Rule, Times, Tree};
use crate::hygiene::span_of;

/// What variables stand for, by their names.
pub type Bound = HashMap<String, Value>;

/// What a variable stands for.
pub enum Value {
    One(TokenStream),
    /// In each repetition.
    Each(Vec<Value>),
}

/// Why a call does not match.
enum Mismatch {
    /// It looks different.
    Different,
    /// There is a fragment in it which is none to syn: to rustc it may be one, or an error.
    Unknown,
}

/// The first rule that a call matches. `None` as well where rustc may think otherwise.
pub fn matching<'r>(rules: &'r [Rule], call: &TokenStream) -> Option<(&'r Rule, Bound)> {
    for rule in rules {
        let mut bound = Bound::new();
        match all(&rule.matcher, call.clone(), &mut bound) {
            Ok(()) => return Some((rule, bound)),
            Err(Mismatch::Different) => {}
            Err(Mismatch::Unknown) => return None,
        }
    }
    None
}

/// The variables in a matcher or in a transcriber.
pub fn variables(trees: &[Tree], found: &mut impl FnMut(&Ident)) {
    for tree in trees {
        match tree {
            Tree::Variable(name, _) => found(name),
            Tree::Group(_, _, inner) | Tree::Repeat(Repeat { inner, .. }) => {
                variables(inner, found);
            }
            Tree::Token(_) => {}
        }
    }
}

/// All of these tokens.
fn all(trees: &[Tree], tokens: TokenStream, bound: &mut Bound) -> Result<(), Mismatch> {
    let parser = |input: ParseStream| {
        let mut matched = sequence(trees, input, bound);
        if matched.is_ok() && !input.is_empty() {
            matched = Err(Mismatch::Different);
        }
        // What is left is not syn's to complain about.
        input.parse::<TokenStream>()?;
        Ok(matched)
    };
    parser.parse2(tokens).unwrap_or(Err(Mismatch::Unknown))
}

fn sequence(trees: &[Tree], input: ParseStream, bound: &mut Bound) -> Result<(), Mismatch> {
    for tree in trees {
        match tree {
            Tree::Token(token) => same(token, input)?,
            Tree::Group(delimiter, _, inner) => match input.parse() {
                Ok(TokenTree::Group(group)) if group.delimiter() == *delimiter => {
                    all(inner, group.stream(), bound)?;
                }
                _ => return Err(Mismatch::Different),
            },
            Tree::Variable(name, Some(fragment)) => {
                let value = Value::One(parse(*fragment, input)?);
                bound.insert(name.to_string(), value);
            }
            Tree::Variable(_, None) => return Err(Mismatch::Unknown),
            Tree::Repeat(repeat) => repeated(repeat, input, bound)?,
        }
    }
    Ok(())
}

fn same(token: &TokenTree, input: ParseStream) -> Result<(), Mismatch> {
    let is_same = match (token, input.parse()) {
        (TokenTree::Ident(one), Ok(TokenTree::Ident(other))) => *one == other,
        (TokenTree::Punct(one), Ok(TokenTree::Punct(other))) => one.as_char() == other.as_char(),
        (TokenTree::Literal(one), Ok(TokenTree::Literal(other))) => {
            one.to_string() == other.to_string()
        }
        _ => false,
    };
    is_same.then_some(()).ok_or(Mismatch::Different)
}

fn repeated(repeat: &Repeat, input: ParseStream, bound: &mut Bound) -> Result<(), Mismatch> {
    let mut names = Vec::new();
    variables(&repeat.inner, &mut |name| names.push(name.to_string()));
    let mut each: Vec<Bound> = Vec::new();
    loop {
        let ahead = input.fork();
        let mut this = Bound::new();
        let separators = if each.is_empty() {
            &[][..]
        } else {
            &repeat.separator
        };
        let matched = separators
            .iter()
            .try_for_each(|token| same(token, &ahead))
            .and_then(|()| sequence(&repeat.inner, &ahead, &mut this));
        match matched {
            Ok(()) => {
                let is_empty = ahead.cursor() == input.cursor();
                input.advance_to(&ahead);
                each.push(this);
                if is_empty || repeat.times == Times::AtMostOnce {
                    break;
                }
            }
            Err(Mismatch::Different) => break,
            Err(Mismatch::Unknown) => return Err(Mismatch::Unknown),
        }
    }
    if each.is_empty() && repeat.times == Times::AtLeastOnce {
        return Err(Mismatch::Different);
    }
    for name in names {
        let values = each.iter_mut().filter_map(|bound| bound.remove(&name));
        let values = Value::Each(values.collect());
        bound.insert(name, values);
    }
    Ok(())
}

/// A fragment, which is one piece wherever it is put.
fn parse(fragment: Fragment, input: ParseStream) -> Result<TokenStream, Mismatch> {
    let ends = input.is_empty()
        || input.peek(Token![,])
        || input.peek(Token![;])
        || input.peek(Token![=])
        || input.peek(Token![=>]);
    if ends && fragment != Fragment::Tt {
        return Err(Mismatch::Different);
    }
    // Of these it is plain from the first token whether one is there.
    let is_plain = matches!(
        fragment,
        Fragment::Block | Fragment::Ident | Fragment::Lifetime | Fragment::Literal | Fragment::Tt
    );
    let mismatch = if is_plain {
        Mismatch::Different
    } else {
        Mismatch::Unknown
    };
    let parsed = match fragment {
        Fragment::Block => input.parse::<syn::Block>().map(ToTokens::into_token_stream),
        Fragment::Expr => input.parse().map(|expr| operand(expr).into_token_stream()),
        Fragment::Ident if input.peek(Token![_]) => return Err(Mismatch::Different),
        Fragment::Ident => input
            .call(Ident::parse_any)
            .map(ToTokens::into_token_stream),
        Fragment::Lifetime => input.parse::<Lifetime>().map(ToTokens::into_token_stream),
        Fragment::Literal => input.parse::<Lit>().map(ToTokens::into_token_stream),
        Fragment::Pat => input
            .call(Pat::parse_multi_with_leading_vert)
            .map(|pat| match pat {
                Pat::Or(_) => quote!((#pat)),
                pat => pat.into_token_stream(),
            }),
        Fragment::PatParam => input
            .call(Pat::parse_single)
            .map(ToTokens::into_token_stream),
        Fragment::Path => input.parse::<Path>().map(ToTokens::into_token_stream),
        Fragment::Tt => input.parse::<TokenTree>().map(ToTokens::into_token_stream),
        Fragment::Ty => input.parse::<Type>().map(|ty| match ty {
            Type::ImplTrait(_) | Type::TraitObject(_) | Type::FnPtr(_) => quote!((#ty)),
            ty => ty.into_token_stream(),
        }),
    };
    parsed.map_err(|_| mismatch)
}

/// An expression as an operand of whatever is around it.
pub fn operand(expr: Expr) -> Expr {
    match expr {
        Expr::Array(_)
        | Expr::Block(_)
        | Expr::Call(_)
        | Expr::Field(_)
        | Expr::Group(_)
        | Expr::Index(_)
        | Expr::Lit(_)
        | Expr::Macro(_)
        | Expr::MethodCall(_)
        | Expr::Paren(_)
        | Expr::Path(_)
        | Expr::Repeat(_)
        | Expr::Try(_)
        | Expr::Tuple(_) => expr,
        _ => {
            // From an expansion, so that nobody is told of needless parentheses.
            let span = Span::mixed_site().located_at(span_of(&expr));
            Expr::Group(syn::ExprGroup {
                attrs: Vec::new(),
                group_token: syn::token::Group { span },
                expr: Box::new(expr),
            })
        }
    }
}
