//! Macros of which nobody sees what they do with their arguments: the original, the check and the body must give
//! them the same kind of tokens, or another of a macro's rules might match in one than in the other.
//!
//! ```text
//! m!(x, y)    `x` is a saved local, `y` is not
//!     →  m!((*(x).at()), y)      in the body
//!        m!((x), y)              in the original, and in the check of machines that may move
//!
//! m!(P { x })     →  m!(P { x: (*(x).at()) }), and m!(P { x: (x) })
//! ```

use std::collections::HashSet;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::{
    Block, Macro,
    visit_mut::{self, VisitMut},
};

use crate::{
    resolve::Locals,
    tokens::{FieldToken, is_fields, regrouped},
};

/// The names in the arguments of macros which are places in the body.
#[derive(Default)]
pub struct Placed {
    places: HashSet<Name>,
    /// The names that are locals there which are not saved.
    plain: HashSet<Name>,
}

/// Where a name stands, and how it is written. Stable Rust compares spans by their `Debug` form alone.
#[derive(PartialEq, Eq, Hash)]
struct Name(String, String);

impl Name {
    /// `locals`: the name is one that they have been given.
    fn of(ident: &Ident, locals: Option<&Locals>) -> Self {
        let written = match locals.and_then(|locals| locals.get(ident)) {
            Some(local) => local.written.clone(),
            None => ident.to_string(),
        };
        Name(format!("{:?}", ident.span()), written)
    }
}

impl Placed {
    /// Notes a name, and whether it is a place. `false` if the same name at the same place has been noted as the
    /// opposite: then they cannot be told apart.
    pub fn note(&mut self, ident: &Ident, locals: &Locals, is_place: bool) -> bool {
        let name = Name::of(ident, Some(locals));
        let other = if is_place { &self.plain } else { &self.places };
        let is_told = !other.contains(&name);
        let set = if is_place {
            &mut self.places
        } else {
            &mut self.plain
        };
        set.insert(name);
        is_told
    }

    /// Puts the names into parentheses, as the body has their places in such. `locals`: the body has been resolved.
    pub fn parenthesise(&self, body: &mut Block, locals: Option<&Locals>) {
        if !self.places.is_empty() {
            let placed = self;
            Parenthesise { placed, locals }.visit_block_mut(body);
        }
    }
}

struct Parenthesise<'p> {
    placed: &'p Placed,
    locals: Option<&'p Locals>,
}

impl Parenthesise<'_> {
    fn tokens(&self, tokens: TokenStream, in_fields: bool) -> TokenStream {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let field = |at| FieldToken::of(&tokens, at, in_fields);
        let mut replaced = TokenStream::new();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(name)
                    if field(at) != FieldToken::Name
                        && self.placed.places.contains(&Name::of(name, self.locals)) =>
                {
                    let span = name.span();
                    if field(at) == FieldToken::Short {
                        replaced.extend(quote_spanned!(span=> #name:));
                    }
                    let name = TokenTree::Ident(name.clone());
                    let mut group = Group::new(Delimiter::Parenthesis, name.into());
                    group.set_span(span);
                    replaced.extend([TokenTree::Group(group)]);
                }
                TokenTree::Group(group) => {
                    let inner = self.tokens(group.stream(), is_fields(&tokens, at));
                    replaced.extend([regrouped(group, inner)]);
                }
                token => replaced.extend([token.clone()]),
            }
        }
        replaced
    }
}

impl VisitMut for Parenthesise<'_> {
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        mac.tokens = self.tokens(mac.tokens.clone(), false);
        visit_mut::visit_macro_mut(self, mac);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
