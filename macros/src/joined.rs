//! The macros of tokio and of `futures` that await several futures: what they expand to awaits, which nobody can
//! see, so that is done in an `async` block.
//!
//! ```text
//! join!(f(), g)               →  { let join_0 = f(); let join_1 = g; (async move { join!(join_0, join_1) }).await }
//!
//! select! { Some(a) = f(), if c => A, else => B }
//!     →  match {
//!            let if_0 = c; let select_0 = f();
//!            (async move { select! { Some(a) = select_0, if if_0 => This((a,)), else => Other(This(())) } }).await
//!        } { This((a,)) => A, Other(This(())) => B }
//! ```
//!
//! What a branch does is done outside of the `async` block, so it may suspend, `return` and `break`.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{
    Expr, Ident, Macro, Pat, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
    parse_quote,
    punctuated::Punctuated,
    token,
    visit_mut::{self, VisitMut},
};

use crate::{
    arguments::Piece,
    choice::choice,
    syntax::{as_name, bindings},
};

/// What a macro of these names stands for; `None` for another one, or where it is written in a way that we do not
/// know.
pub fn expand(mac: &Macro) -> Option<Expr> {
    let name = mac.path.segments.last()?.ident.to_string();
    let is_of_futures = is_from(mac, &["futures", "futures_util"]);
    match name.as_str() {
        "join" | "try_join" => Some(join.parse2(mac.tokens.clone()).ok()?.emit(mac)),
        "poll" | "pending" if is_of_futures => {
            Some(join.parse2(mac.tokens.clone()).ok()?.emit(mac))
        }
        "select" | "select_biased" => {
            let select = select.parse2(mac.tokens.clone()).ok()?;
            let by_reference =
                is_of_futures || name == "select_biased" || select.has_words_of_futures();
            Some(select.emit(mac, by_reference))
        }
        _ => None,
    }
}

fn is_from(mac: &Macro, crates: &[&str]) -> bool {
    let first = mac.path.segments.first().map(|segment| &segment.ident);
    mac.path.segments.len() > 1
        && first.is_some_and(|first| crates.iter().any(|krate| first == krate))
}

/// `biased; a, b`
struct Join {
    biased: Option<TokenStream>,
    futures: Vec<Expr>,
}

fn join(input: ParseStream) -> syn::Result<Join> {
    let biased = biased(input)?;
    let futures = Punctuated::<Expr, Token![,]>::parse_terminated(input)?;
    Ok(Join {
        biased,
        futures: futures.into_iter().collect(),
    })
}

/// `biased;`, by which the branches are polled in their order.
fn biased(input: ParseStream) -> syn::Result<Option<TokenStream>> {
    if !(input.peek(Ident) && input.peek2(Token![;])) {
        return Ok(None);
    }
    let name: Ident = input.parse()?;
    let semi: Token![;] = input.parse()?;
    Ok(Some(quote!(#name #semi)))
}

/// The arguments of `join!` as pieces.
pub fn join_pieces(input: ParseStream) -> syn::Result<Vec<Piece>> {
    let biased = Piece::tokens(biased(input)?);
    Ok(vec![biased, Piece::list(&input.parse()?)?])
}

impl Join {
    fn emit(&self, mac: &Macro) -> Expr {
        let Join { biased, futures } = self;
        let names = numbered("join_", futures.len());
        let path = &mac.path;
        parse_quote!({
            #(let #names = #futures;)*
            (async move { #path!(#biased #(#names),*) }).await
        })
    }
}

/// The branches of `select!`.
struct Select {
    biased: Option<TokenStream>,
    branches: Vec<Branch>,
}

/// `when => then`
struct Branch {
    when: When,
    then: Expr,
}

enum When {
    Ready(Box<Ready>),
    /// `else`, `complete`, `default`
    Word(Ident),
}

/// `pattern = future, if condition`
struct Ready {
    pat: Pat,
    future: Expr,
    condition: Option<Expr>,
}

fn select(input: ParseStream) -> syn::Result<Select> {
    let biased = biased(input)?;
    let mut branches = Vec::new();
    while !input.is_empty() {
        let is_word = input.peek(Token![else]) || input.peek(Ident) && input.peek2(Token![=>]);
        let when = if is_word {
            When::Word(input.call(Ident::parse_any)?)
        } else {
            When::Ready(Box::new(ready(input)?))
        };
        input.parse::<Token![=>]>()?;
        let then = if input.peek(token::Brace) {
            Expr::Block(input.parse()?)
        } else {
            input.parse()?
        };
        branches.push(Branch { when, then });
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(Select { biased, branches })
}

fn ready(input: ParseStream) -> syn::Result<Ready> {
    let pat = Pat::parse_multi_with_leading_vert(input)?;
    input.parse::<Token![=]>()?;
    let future = input.parse()?;
    let condition = if input.peek(Token![,]) && input.peek2(Token![if]) {
        input.parse::<Token![,]>()?;
        input.parse::<Token![if]>()?;
        Some(input.parse()?)
    } else {
        None
    };
    Ok(Ready {
        pat,
        future,
        condition,
    })
}

/// The branches of `select!` as pieces.
pub fn select_pieces(input: ParseStream) -> syn::Result<Vec<Piece>> {
    let select = select(input)?;
    let mut pieces = vec![Piece::Tokens(select.biased.unwrap_or_default())];
    for Branch { when, then } in select.branches {
        match when {
            When::Word(word) => pieces.push(Piece::tokens(word)),
            When::Ready(ready) => {
                pieces.push(Piece::Pat(ready.pat));
                pieces.push(Piece::Tokens(quote!(=)));
                pieces.push(Piece::Expr(ready.future));
                if let Some(condition) = ready.condition {
                    pieces.push(Piece::Tokens(quote!(, if)));
                    pieces.push(Piece::Expr(condition));
                }
            }
        }
        pieces.push(Piece::Tokens(quote!(=>)));
        pieces.push(Piece::Expr(then));
        pieces.push(Piece::Tokens(quote!(,)));
    }
    Ok(pieces)
}

impl Select {
    /// Whether a branch is one that tokio's macro has none of.
    fn has_words_of_futures(&self) -> bool {
        self.branches.iter().any(|branch| {
            matches!(&branch.when, When::Word(word) if word == "complete" || word == "default")
        })
    }

    /// `by_reference`: a future that is a plain name is not taken.
    fn emit(&self, mac: &Macro, by_reference: bool) -> Expr {
        let count = self.branches.len();
        let (futures, conditions) = (numbered("select_", count), numbered("if_", count));
        let (mut before, mut lets) = (TokenStream::new(), TokenStream::new());
        let (mut branches, mut arms) = (TokenStream::new(), TokenStream::new());
        for (number, Branch { when, then }) in self.branches.iter().enumerate() {
            let (name, if_) = (&futures[number], &conditions[number]);
            let bound = match when {
                When::Word(word) => {
                    let chosen = choice(number, count, &quote!(()));
                    branches.extend(quote!(#word => #chosen,));
                    quote!(())
                }
                When::Ready(ready) => {
                    let Ready {
                        pat,
                        future,
                        condition,
                    } = &**ready;
                    let borrow = (by_reference && as_name(future).is_some()).then(|| quote!(&mut));
                    // The macro of `futures` borrows it.
                    lets.extend(quote!(#[allow(unused_mut)] let mut #name = #borrow #future;));
                    let condition = condition.as_ref().map(|condition| {
                        before.extend(quote!(let #if_ = #condition;));
                        quote!(, if #if_)
                    });
                    let (names, inner) = (bindings(pat), immutable(pat));
                    let chosen = choice(number, count, &quote!((#(#names,)*)));
                    branches.extend(quote!(#inner = #name #condition => #chosen,));
                    mutable(pat)
                }
            };
            let arm = choice(number, count, &bound);
            arms.extend(quote!(#arm => #then,));
        }
        let (path, biased) = (&mac.path, &self.biased);
        parse_quote! {
            (match {
                #before
                #lets
                (async move { #path! { #biased #branches } }).await
            } { #arms })
        }
    }
}

/// The names that a pattern binds, each as it does, in a tuple.
fn mutable(pat: &Pat) -> TokenStream {
    struct Found(Vec<TokenStream>, Vec<Ident>);
    impl VisitMut for Found {
        fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
            if crate::syntax::is_binding(pat) && !self.1.contains(&pat.ident) {
                let (mutability, name) = (&pat.mutability, &pat.ident);
                let mutability = pat.by_ref.is_none().then_some(mutability);
                self.0.push(quote!(#mutability #name));
                self.1.push(name.clone());
            }
            visit_mut::visit_pat_ident_mut(self, pat);
        }
    }
    let mut found = Found(Vec::new(), Vec::new());
    found.visit_pat_mut(&mut pat.clone());
    let names = found.0;
    quote!((#(#names,)*))
}

/// A pattern that binds nothing by `mut`.
fn immutable(pat: &Pat) -> Pat {
    struct Immutable;
    impl VisitMut for Immutable {
        fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
            if pat.by_ref.is_none() {
                pat.mutability = None;
            }
            visit_mut::visit_pat_ident_mut(self, pat);
        }
    }
    let mut pat = pat.clone();
    Immutable.visit_pat_mut(&mut pat);
    pat
}

fn numbered(prefix: &str, count: usize) -> Vec<Ident> {
    (0..count)
        .map(|number| format_ident!("{prefix}{number}", span = Span::mixed_site()))
        .collect()
}
