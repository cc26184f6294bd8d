//! Names that expansions declare, hidden from the user's code.

/// `quote!` with names that no code of the user's sees.
macro_rules! q {
    ($($tokens:tt)*) => {
        ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*)
    };
}

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `#private` in a quotation is the path of what expansions use.
pub struct Private;

impl ToTokens for Private {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(quote!(::handcrank::__private));
    }
}

/// `#private` in a quotation is the path of what expansions use.
#[expect(
    non_upper_case_globals,
    reason = "it is interpolated, where locals are"
)]
pub const private: Private = Private;
