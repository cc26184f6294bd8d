//! What tells where a machine is suspended, for whoever asks. It comes after all else of a body, where the types of what is
//! awaited are known.
//!
//! ```text
//! |entered, turn| {
//!     if turn.runs() { .. return .. }
//!     let (frame, visit) = entered.telling();
//!     if false { return of_frame(frame); }
//!     tell((*frame).at, "name", file!(), &[(line!(), column!(), "yield_!(a)"), (line!(), column!(), "b.await")], visit);
//!     let future_1 = &raw const (*frame).future_1;
//!     match (*frame).at.number() {
//!         2 => (&child(future_1)).follow(visit),
//!         _ => {}
//!     }
//!     Step::Dropped
//! }
//! ```
//!
//! A closure of its own would name the frame's type a second time: see `Body` in the core crate.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote_spanned;
use syn::{Ident, ext::IdentExt};

use crate::hygiene::private;
use crate::lower::Lowered;

/// What the user calls the function, and where.
pub struct Called {
    pub name: String,
    pub span: Span,
}

impl Called {
    /// By the function's name.
    pub fn of(function: &Ident) -> Self {
        Called {
            name: function.unraw().to_string(),
            span: function.span(),
        }
    }
}

/// These statements, of a function that is called so. `looks` finds in the frame what is awaited.
pub fn tells(called: &Called, lowered: &Lowered, looks: &TokenStream) -> TokenStream {
    let Lowered { points, frame, .. } = lowered;
    if points.is_empty() {
        return TokenStream::new();
    }
    let told = points.iter().map(|point| {
        let (line, column) = (place(point.span, "line"), place(point.span, "column"));
        let source = &point.source;
        q!((#line, #column, #source))
    });
    let children = (1..).zip(points).filter_map(|(number, point)| {
        let name = &frame.get(point.child?).name;
        let number = Literal::usize_unsuffixed(number);
        Some(q!(#number => (&#private::child(#name)).follow(visit),))
    });
    let follows = (!looks.is_empty()).then(|| {
        q! {
            use #private::{Ends as _, Follows as _};
            #looks
            match (*frame).at.number() {
                #(#children)*
                _ => {}
            }
        }
    });
    let (function, file) = (&called.name, place(called.span, "file"));
    q! {
        let (frame, visit) = entered.telling();
        if false { return #private::of_frame(frame); }
        #private::tell((*frame).at, #function, #file, &[#(#told),*], visit);
        #follows
    }
}

/// A place in the user's source: these macros tell where they are called, if all of the call is there.
fn place(span: Span, what: &str) -> TokenStream {
    let what = Ident::new(what, span);
    quote_spanned!(span=> ::handcrank::__private::core::#what!())
}
