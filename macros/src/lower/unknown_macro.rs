//! Macros that nobody knows.
//!
//! ```text
//! say!(x + 1)     →  say!((*x.at()) + 1)     as if it used what it is given as it stands
//! ```

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::Lower;
use crate::{
    hygiene::private,
    syntax::{
        self,
        captured::{self, Captured},
    },
    tokens::{FieldToken, is_fields, may_be_value, regrouped},
};

impl Lower<'_> {
    /// The arguments of a macro nobody knows: names of saved locals become places. Generated code cannot
    /// see what the macro does with them; where it needs a name, it fails to compile.
    /// Returns the statements before it, in its block, that declare what its strings capture.
    pub(super) fn unknown_macro(&mut self, mac: &mut syn::Macro) -> Option<TokenStream> {
        if syntax::is_textual(mac) {
            return None;
        }
        let mut captured = captured::take(&mut mac.tokens);
        if captured.iter().any(|name| name.written == "self") {
            self.errors.reject(
                &*mac,
                "a string captures `self` in a macro that `#[generator]` does not know; pass it: `(\"{}\", self)`",
            );
            captured.clear();
        }
        let shown = self.shown(&captured);
        let mut is_told = true;
        let tokens = self.macro_tokens(mac.tokens.clone(), false, &mut is_told);
        if !is_told {
            self.errors.reject(
                &*mac,
                "this macro is given two locals of one name by another macro, of which one is kept across a \
                 suspension point; give them different names",
            );
        }
        mac.tokens = tokens;
        shown
    }

    /// Declares locals under the names that strings may capture them by, where those are not their own.
    ///
    /// ```text
    /// say!("{x}")     →     { let x = named(&raw const (*x.at())); let shown = (x.shown(),); say!("{x}") }
    /// ```
    fn shown(&mut self, captured: &[Captured]) -> Option<TokenStream> {
        let mut names = Vec::new();
        let mut declared = TokenStream::new();
        for Captured { written, local } in captured {
            let place = match self.saved(local) {
                Some(slot) => self.place_of(slot, written.span()),
                None if written == local => continue,
                None => quote!(#local),
            };
            declared.extend(q!(let #written = #private::named(&raw const #place);));
            names.push(written);
        }
        let shown = q!(#declared let shown = (#(#names.shown(),)*););
        (!names.is_empty()).then_some(shown)
    }

    /// `in_fields`: they are those of a struct literal.
    fn macro_tokens(
        &mut self,
        tokens: TokenStream,
        in_fields: bool,
        is_told: &mut bool,
    ) -> TokenStream {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut replaced = TokenStream::new();
        for (at, token) in tokens.iter().enumerate() {
            let is_field = FieldToken::of(&tokens, at, in_fields) == FieldToken::Name;
            match token {
                TokenTree::Ident(name) if !is_field && may_be_value(&tokens, at) => {
                    let slot = self.saved(name);
                    if !self.in_probe && self.locals.get(name).is_some() {
                        *is_told &= self.placed_names.note(name, self.locals, slot.is_some());
                    }
                    let Some(slot) = slot else {
                        replaced.extend([token.clone()]);
                        continue;
                    };
                    replaced.extend(self.place_of(slot, name.span()));
                }
                TokenTree::Group(group) => {
                    let in_fields = is_fields(&tokens, at);
                    let inner = self.macro_tokens(group.stream(), in_fields, is_told);
                    replaced.extend([regrouped(group, inner)]);
                }
                other => replaced.extend([other.clone()]),
            }
        }
        replaced
    }
}
