//! What is made of the functions of the corpus.

use arbitrary::{Result, Unstructured};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ItemFn;

use crate::corpus::Corpus;
use crate::{garble, tree};

/// A function as the attribute might be given it. The same bytes make the same one.
#[must_use]
pub fn function(corpus: &Corpus, bytes: &[u8]) -> TokenStream {
    let mut choices = Unstructured::new(bytes);
    // Choices that run out end the mutation where it is.
    make(corpus, &mut choices).unwrap_or_default()
}

fn make(corpus: &Corpus, choices: &mut Unstructured) -> Result<TokenStream> {
    let mut function: ItemFn = choices.choose(&corpus.functions)?.clone();
    if choices.ratio(1, 4)? {
        function.sig = choices.choose(&corpus.signatures)?.clone();
    }
    for _ in 0..choices.int_in_range(0..=6)? {
        tree::mutate(&mut function, corpus, choices)?;
    }
    let mut made = function.into_token_stream();
    if choices.ratio(1, 3)? {
        for _ in 0..choices.int_in_range(1..=4)? {
            made = garble::mutate(made, choices)?;
        }
    }
    Ok(made)
}
