//! Locals in the arguments of macros nobody knows. Where those look like expressions or statements, names are looked up in
//! them as anywhere else, but what they declare keeps its name: it is none of the body's locals, which get another one.
//!
//! ```text
//! let n = 1; all!(v.iter().all(|n| n > 1), n)  →  let n_2 = 1; all!(v.iter().all(|n| n > 1), n_2)
//! ```
//!
//! Otherwise every name is one that may be a local's.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Block, Expr, Stmt, Token, parse::Parser, punctuated::Punctuated, visit_mut::VisitMut};

use super::{Resolve, captures, located};
use crate::{
    syntax::{
        self,
        captured::{self, Captured},
    },
    tokens::{FieldToken, is_fields, may_be_value, regrouped},
};

impl Resolve {
    /// Renames locals in the arguments of a macro nobody knows.
    pub(super) fn rename_macro(&mut self, mac: &mut syn::Macro) {
        if syntax::is_textual(mac) {
            return;
        }
        let strings = captured::strings(&mac.tokens);
        mac.tokens = match Arguments::that_bind(&mac.tokens) {
            Some(arguments) => self.rename_arguments(arguments),
            None => self.rename_tokens(mac.tokens.clone(), false),
        };
        if self.in_macro {
            // The strings in it are those of the macro around, too.
            return;
        }
        let mut found: Vec<Captured> = Vec::new();
        for written in strings.iter().flat_map(captures) {
            let is_new = found.iter().all(|other| other.written != written);
            if let (true, Some(local)) = (is_new, self.lookup_captured(&written)) {
                let local = located(local, written.span());
                found.push(Captured { written, local });
            }
        }
        captured::note(&mut mac.tokens, &found);
    }

    /// Renames the locals in a macro's arguments, and none that they declare.
    fn rename_arguments(&mut self, mut arguments: Arguments) -> TokenStream {
        let in_macro = std::mem::replace(&mut self.in_macro, true);
        // A `break` in there is the macro's to place.
        let loops = std::mem::take(&mut self.loops);
        self.scope(|this| match &mut arguments {
            Arguments::Values(values) => {
                for value in values {
                    this.visit_expr_mut(value);
                }
            }
            Arguments::Statements(stmts) => {
                for stmt in stmts {
                    this.visit_stmt_mut(stmt);
                }
            }
        });
        self.in_macro = in_macro;
        self.loops = loops;
        match arguments {
            Arguments::Values(values) => values.into_token_stream(),
            Arguments::Statements(stmts) => quote!(#(#stmts)*),
        }
    }

    /// Renames those that may be locals. `in_fields`: the tokens are those of a struct literal.
    fn rename_tokens(&mut self, tokens: TokenStream, in_fields: bool) -> TokenStream {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut renamed = TokenStream::new();
        for (at, token) in tokens.iter().enumerate() {
            let field = FieldToken::of(&tokens, at, in_fields);
            match token {
                TokenTree::Ident(name)
                    if field != FieldToken::Name && may_be_value(&tokens, at) =>
                {
                    if field == FieldToken::Short && self.lookup(name).is_some() {
                        renamed.extend(quote!(#name:));
                    }
                    let mut name = name.clone();
                    self.rename(&mut name);
                    renamed.extend([TokenTree::Ident(name)]);
                }
                TokenTree::Group(group) => {
                    let inner = self.rename_tokens(group.stream(), is_fields(&tokens, at));
                    renamed.extend([regrouped(group, inner)]);
                }
                other => renamed.extend([other.clone()]),
            }
        }
        renamed
    }
}

/// What a macro nobody knows is given, if that is what it looks like.
enum Arguments {
    Values(Punctuated<Expr, Token![,]>),
    Statements(Vec<Stmt>),
}

impl Arguments {
    /// The arguments, if there is something in them that may declare a name.
    fn that_bind(tokens: &TokenStream) -> Option<Self> {
        if !may_bind(tokens.clone()) {
            return None;
        }
        let values = Punctuated::parse_terminated.parse2(tokens.clone());
        let statements = || Block::parse_within.parse2(tokens.clone());
        values
            .map(Arguments::Values)
            .or_else(|_| statements().map(Arguments::Statements))
            .ok()
    }
}

/// Whether there may be a pattern in these tokens.
fn may_bind(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '|',
        TokenTree::Ident(word) => word == "let" || word == "match" || word == "for",
        TokenTree::Group(group) => may_bind(group.stream()),
        TokenTree::Literal(_) => false,
    })
}
