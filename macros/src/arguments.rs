//! What the arguments of macros are made of that are known: `#[cfg]` in them is the body's as well.
//!
//! ```text
//! matches!(f(), Some(x) if g(x))     →  the expression `f()`, the pattern `Some(x)`, the expression `g(x)`
//! ```

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Expr, Macro, Pat, Token,
    parse::{ParseStream, Parser},
};

use crate::{joined, syntax};

/// A part of the arguments.
pub enum Piece {
    /// An expression.
    Expr(Expr),
    /// Several, or one and how often, as an array.
    List(Expr),
    /// A pattern.
    Pat(Pat),
    /// What stands between them.
    Tokens(TokenStream),
}

impl Piece {
    /// A word or a mark.
    pub fn tokens(tokens: impl ToTokens) -> Piece {
        Piece::Tokens(tokens.into_token_stream())
    }

    /// A list, from what is in it.
    pub fn list(tokens: &TokenStream) -> syn::Result<Piece> {
        Ok(Piece::List(syn::parse2(quote!([#tokens]))?))
    }
}

impl ToTokens for Piece {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Piece::Expr(expr) => expr.to_tokens(tokens),
            Piece::List(array) => {
                let array = array.to_token_stream().into_iter().next();
                if let Some(TokenTree::Group(array)) = array {
                    tokens.extend(array.stream());
                }
            }
            Piece::Pat(pat) => pat.to_tokens(tokens),
            Piece::Tokens(between) => tokens.extend(between.clone()),
        }
    }
}

/// The arguments of one of our macros, of std's, or of those that await several futures; `None` for another one, or where
/// they are written in a way that we do not know.
pub fn pieces(mac: &Macro) -> Option<Vec<Piece>> {
    const LISTS: &[&str] = &["bail", "ensure", "vec", "yield_", "yield_from"];
    let name = mac.path.segments.last()?.ident.to_string();
    if LISTS.contains(&&*name) || syntax::takes_list(&name) {
        return Some(vec![Piece::list(&mac.tokens).ok()?]);
    }
    let parsed = match name.as_str() {
        "matches" => matches.parse2(mac.tokens.clone()),
        "join" | "poll" | "try_join" => joined::join_pieces.parse2(mac.tokens.clone()),
        "select" | "select_biased" => joined::select_pieces.parse2(mac.tokens.clone()),
        _ => return None,
    };
    parsed.ok()
}

/// `value, pattern if guard`
fn matches(input: ParseStream) -> syn::Result<Vec<Piece>> {
    let mut pieces = vec![Piece::Expr(input.parse()?)];
    pieces.push(Piece::tokens(input.parse::<Token![,]>()?));
    pieces.push(Piece::Pat(Pat::parse_multi_with_leading_vert(input)?));
    if let Some(if_token) = input.parse::<Option<Token![if]>>()? {
        pieces.push(Piece::tokens(if_token));
        pieces.push(Piece::Expr(input.parse()?));
    }
    pieces.push(Piece::tokens(input.parse::<Option<Token![,]>>()?));
    Ok(pieces)
}
