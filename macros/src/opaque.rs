//! Macros of which nobody sees what they do with their arguments: the original, the check and the body must give
//! them the same kind of tokens, or another of a macro's rules might match in one than in the other.
//!
//! ```text
//! m!(x, y)    `x` is a saved local, `y` is not
//!     →  m!((*(x).at()), y)      in the body
//!        m!((x), y)              in the original, and in the check of machines that may move
//! ```

use std::collections::HashSet;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{
    Block, Macro,
    visit_mut::{self, VisitMut},
};

use crate::{resolve::Locals, tokens::regrouped};

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
            None if ident == "self" => "this".to_owned(),
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
    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        tokens
            .into_iter()
            .map(|token| match token {
                TokenTree::Ident(name)
                    if self.placed.places.contains(&Name::of(&name, self.locals)) =>
                {
                    let span = name.span();
                    let name = TokenTree::Ident(name);
                    let mut group = Group::new(Delimiter::Parenthesis, name.into());
                    group.set_span(span);
                    TokenTree::Group(group)
                }
                TokenTree::Group(group) => regrouped(&group, self.tokens(group.stream())),
                token => token,
            })
            .collect()
    }
}

impl VisitMut for Parenthesise<'_> {
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        mac.tokens = self.tokens(mac.tokens.clone());
        visit_mut::visit_macro_mut(self, mac);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
