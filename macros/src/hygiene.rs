//! Names that expansions declare, hidden from the user's code.

/// `quote!` with names that no code of the user's sees.
macro_rules! q {
    ($($tokens:tt)*) => {
        ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*)
    };
}
