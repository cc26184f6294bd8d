//! In the body that runs, `self` is a local like any other, by a name which no other has.
//!
//! ```text
//! self.items.len()      →  this.items.len()
//! ```
//!
//! What a format string captures is named when names are [resolved](crate::resolve).

use std::collections::HashSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Block, Ident, Pat,
    visit_mut::{self, VisitMut},
};

use crate::{
    signature::BodyParam,
    syntax::{self, Special, bindings, special},
    tokens::{names, regrouped},
};

/// Names the parameter that is `self`, in a prepared body. Returns the name.
pub fn name_self(params: &mut [BodyParam], body: &mut Block) -> Option<Ident> {
    let is_self = |param: &BodyParam| param.param.name == "self";
    let others = params.iter().filter(|param| !is_self(param));
    let mut taken: HashSet<String> = others
        .flat_map(|param| bindings(&param.param.pat))
        .map(|name| name.to_string())
        .collect();
    taken.extend(names(quote!(#body)).iter().map(ToString::to_string));
    let mut name = "this".to_owned();
    while taken.contains(&name) {
        name.push('_');
    }
    let param = params.iter_mut().find(|param| is_self(param))?;
    let Pat::Ident(this) = &mut param.param.pat else {
        return None;
    };
    this.ident = Ident::new(&name, this.ident.span());
    RenameSelf(&name).visit_block_mut(body);
    Some(this.ident.clone())
}

struct RenameSelf<'n>(&'n str);

impl RenameSelf<'_> {
    /// Those of a macro nobody knows, in which `self` may be what a parameter or an argument is called.
    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        let mut tokens = tokens.into_iter().peekable();
        let mut renamed = TokenStream::new();
        let mut after_comma = false;
        while let Some(token) = tokens.next() {
            let is_argument = std::mem::replace(&mut after_comma, is_punct(&token, ','));
            let is_name = tokens
                .peek()
                .is_some_and(|next| is_punct(next, ':') || is_argument && is_punct(next, '='));
            renamed.extend([match token {
                TokenTree::Ident(name) if name == "self" && !is_name => {
                    TokenTree::Ident(Ident::new(self.0, name.span()))
                }
                TokenTree::Group(group) => regrouped(&group, self.tokens(group.stream())),
                other => other,
            }]);
        }
        renamed
    }
}

impl VisitMut for RenameSelf<'_> {
    fn visit_expr_path_mut(&mut self, path: &mut syn::ExprPath) {
        if path.path.is_ident("self") {
            let span = path.path.segments[0].ident.span();
            path.path.segments[0].ident = Ident::new(self.0, span);
        }
    }
    fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
        if !special(call).is_some_and(Special::is_macro) {
            return visit_mut::visit_expr_call_mut(self, call);
        }
        visit_mut::visit_expr_mut(self, &mut call.func);
        for value in syntax::argument_values(call) {
            self.visit_expr_mut(value);
        }
    }
    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        mac.tokens = self.tokens(mac.tokens.clone());
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// Whether this is a mark by itself.
fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct)
        if punct.as_char() == mark && punct.spacing() == Spacing::Alone)
}
