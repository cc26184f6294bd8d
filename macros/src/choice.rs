//! Which of several alternatives has been chosen: `This(..)` for the first, `Other(This(..))` for the second, and so
//! on; the last has nothing around it but the `Other`s.

use proc_macro2::TokenStream;

use crate::hygiene::private;

/// The `number`th of so many alternatives of a selection.
pub fn choice(number: usize, count: usize, inner: &TokenStream) -> TokenStream {
    let this = if number + 1 == count {
        inner.clone()
    } else {
        q!(#private::Either::This(#inner))
    };
    (0..number).fold(this, |inner, _| q!(#private::Either::Other(#inner)))
}
