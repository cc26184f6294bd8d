//! What a call stands for, as tokens. The names that it has from the transcriber are marked.

use std::collections::HashMap;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

use super::{
    matching::{Bound, Value, variables},
    rule::{Repeat, Tree},
};

/// The tokens. `None` if a variable is used in another depth than it is bound in.
pub fn transcribe(trees: &[Tree], bound: &Bound, mark: &str) -> Option<TokenStream> {
    let bound = bound.iter().map(|(name, value)| (name.clone(), value));
    Transcriber { mark }.all(trees, &bound.collect())
}

struct Transcriber<'m> {
    mark: &'m str,
}

type Values<'v> = HashMap<String, &'v Value>;

impl Transcriber<'_> {
    fn all(&self, trees: &[Tree], bound: &Values) -> Option<TokenStream> {
        let mut tokens = TokenStream::new();
        for tree in trees {
            match tree {
                Tree::Token(TokenTree::Ident(name)) => {
                    tokens.extend([TokenTree::Ident(self.marked(name))]);
                }
                Tree::Token(token) => tokens.extend([token.clone()]),
                Tree::Group(delimiter, span, inner) => {
                    let mut group = Group::new(*delimiter, self.all(inner, bound)?);
                    group.set_span(*span);
                    tokens.extend([TokenTree::Group(group)]);
                }
                Tree::Variable(name, _) => match bound.get(&name.to_string())? {
                    Value::One(value) => tokens.extend(value.clone()),
                    Value::Each(_) => return None,
                },
                Tree::Repeat(repeat) => tokens.extend(self.repeat(repeat, bound)?),
            }
        }
        Some(tokens)
    }

    fn repeat(&self, repeat: &Repeat, bound: &Values) -> Option<TokenStream> {
        let mut each = HashMap::new();
        variables(&repeat.inner, &mut |name| {
            let name = name.to_string();
            if let Some(Value::Each(values)) = bound.get(&name) {
                each.insert(name, values);
            }
        });
        let count = each.values().map(|values| values.len()).min()?;
        if each.values().any(|values| values.len() != count) {
            return None;
        }
        let mut tokens = TokenStream::new();
        for number in 0..count {
            if number > 0 {
                tokens.extend(repeat.separator.clone());
            }
            let mut inner = bound.clone();
            inner.extend(
                each.iter()
                    .map(|(name, values)| (name.clone(), &values[number])),
            );
            tokens.extend(self.all(&repeat.inner, &inner)?);
        }
        Some(tokens)
    }

    /// A name that is none of Rust's own.
    fn marked(&self, name: &Ident) -> Ident {
        let written = name.to_string();
        let is_word = syn::parse_str::<Ident>(&written).is_err();
        let is_word_somewhere = ["auto", "default", "raw", "safe", "union", "yield"];
        if is_word || is_word_somewhere.contains(&&*written) {
            return name.clone();
        }
        match written.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(&format!("{raw}{}", self.mark), name.span()),
            None => Ident::new(&format!("{written}{}", self.mark), name.span()),
        }
    }
}
